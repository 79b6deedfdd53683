import time
from cloudify.decorators import workflow
from cloudify.plugins import workflows
from cloudify.workflows import api
import cloudify


@workflow(resumable=True)
def put_in(ctx, **kwargs):
    workflows.install(ctx=ctx, **kwargs)


@workflow(resumable=True)
def take_out(ctx, **kwargs):
    workflows.uninstall(ctx=ctx, ignore_failure=False, **kwargs)


@workflow
def graph(ctx, **kwargs):
    ctx.logger.info('framework at %s' % cloudify.__file__)
    graph = ctx.graph_mode()
    sequence = graph.sequence()
    for instance in sorted(ctx.node_instances, key=lambda i: i.node_id):
        sequence.add(instance.send_event('before'), instance.execute_operation('rf.ops.work'),
                     instance.execute_operation('rf.ops.flaky'))
    graph.execute()


@workflow
def loop(ctx, **kwargs):
    ctx.send_event('looping')
    for _ in range(600):
        if api.has_cancel_request():
            raise api.ExecutionCancelled()
        time.sleep(0.1)
