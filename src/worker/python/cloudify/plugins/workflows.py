"""The built-in workflows as functions: each runs, within the execution that calls it, what the workflow of its name runs."""


def _run(ctx, name, parameters):
    given = dict((key, value) for key, value in parameters.items() if value is not None)
    ctx.run_built_in('cloudify.plugins.workflows.' + name, given)


def install(ctx, node_ids=None, node_instance_ids=None, type_names=None, **_):
    _run(ctx, 'install', dict(node_ids=node_ids, node_instance_ids=node_instance_ids, type_names=type_names))


def uninstall(ctx, ignore_failure=False, node_ids=None, node_instance_ids=None, type_names=None, recursive=False, **_):
    _run(ctx, 'uninstall', dict(ignore_failure=ignore_failure, recursive=recursive, node_ids=node_ids,
                                node_instance_ids=node_instance_ids, type_names=type_names))


def reinstall(ctx, ignore_failure=False, node_ids=None, node_instance_ids=None, type_names=None, **_):
    _run(ctx, 'reinstall', dict(ignore_failure=ignore_failure, node_ids=node_ids, node_instance_ids=node_instance_ids,
                                type_names=type_names))


def rollback(ctx, type_names=None, node_ids=None, node_instance_ids=None, full_rollback=False, **_):
    _run(ctx, 'rollback', dict(type_names=type_names, node_ids=node_ids, node_instance_ids=node_instance_ids,
                               full_rollback=full_rollback))


def execute_operation(ctx, operation, operation_kwargs=None, allow_kwargs_override=None, run_by_dependency_order=False,
                      type_names=None, node_ids=None, node_instance_ids=None, **_):
    _run(ctx, 'execute_operation', dict(
        operation=operation, operation_kwargs=operation_kwargs or {}, allow_kwargs_override=allow_kwargs_override,
        run_by_dependency_order=run_by_dependency_order, type_names=type_names, node_ids=node_ids,
        node_instance_ids=node_instance_ids))


def _one_operation(name):
    def run(ctx, operation_parms=None, run_by_dependency_order=True, type_names=None, node_ids=None,
            node_instance_ids=None, **_):
        _run(ctx, name, dict(operation_parms=operation_parms or {}, run_by_dependency_order=run_by_dependency_order,
                             type_names=type_names, node_ids=node_ids, node_instance_ids=node_instance_ids))
    run.__name__ = name
    return run


start = _one_operation('start')
stop = _one_operation('stop')
pull = _one_operation('pull')


def restart(ctx, stop_parms=None, start_parms=None, run_by_dependency_order=True, type_names=None, node_ids=None,
            node_instance_ids=None, **_):
    _run(ctx, 'restart', dict(stop_parms=stop_parms or {}, start_parms=start_parms or {}, type_names=type_names,
                              run_by_dependency_order=run_by_dependency_order, node_ids=node_ids,
                              node_instance_ids=node_instance_ids))


def check_status(ctx, run_by_dependency_order=False, type_names=None, node_ids=None, node_instance_ids=None, **_):
    _run(ctx, 'check_status', dict(run_by_dependency_order=run_by_dependency_order, type_names=type_names,
                                   node_ids=node_ids, node_instance_ids=node_instance_ids))


def check_drift(ctx, run_by_dependency_order=True, type_names=None, node_ids=None, node_instance_ids=None, **_):
    _run(ctx, 'check_drift', dict(run_by_dependency_order=run_by_dependency_order, type_names=type_names,
                                  node_ids=node_ids, node_instance_ids=node_instance_ids))


def auto_heal_reinstall_node_subgraph(ctx, node_instance_id=None, diagnose_value='Not provided', ignore_failure=True,
                                      check_status=True, allow_reinstall=True, force_reinstall=False, **_):
    _run(ctx, 'auto_heal_reinstall_node_subgraph', dict(
        node_instance_id=node_instance_id, diagnose_value=diagnose_value, ignore_failure=ignore_failure,
        check_status=check_status, allow_reinstall=allow_reinstall, force_reinstall=force_reinstall))


def scale_entity(ctx, scalable_entity_name, delta=1, scale_compute=False, ignore_failure=False, include_instances=None,
                 exclude_instances=None, rollback_if_failed=True, abort_started=False, **_):
    _run(ctx, 'scale_entity', dict(
        scalable_entity_name=scalable_entity_name, delta=delta, scale_compute=scale_compute,
        ignore_failure=ignore_failure, include_instances=include_instances, exclude_instances=exclude_instances,
        rollback_if_failed=rollback_if_failed, abort_started=abort_started))


def scale(ctx, node_id, delta=1, scale_compute=False, **parameters):
    scale_entity(ctx, node_id, delta, scale_compute, **parameters)
