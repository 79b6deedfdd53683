"""Installs, uninstalls, heals, updates and rolls back chosen node instances, as the built-in workflows do it.

The first functions run at once, by the same engine as the built-in workflows, and return when all is done; the graph
that they are given says only which execution they belong to. Those named ``…_subgraph`` add an instance's tasks to a
graph of one's own.
"""
from cloudify.workflows.tasks_graph import adopt_tasks


def install_node_instances(graph, node_instances, related_nodes=None, name_prefix=''):
    """Installs the instances, each after those that it has relationships to."""
    LifecycleProcessor(graph, node_instances, related_nodes, name_prefix=name_prefix).install()


def uninstall_node_instances(graph, node_instances, ignore_failure=False, related_nodes=None, name_prefix=''):
    """Stops and deletes the instances, dependants first."""
    LifecycleProcessor(graph, node_instances, related_nodes, ignore_failure=ignore_failure,
                       name_prefix=name_prefix).uninstall()


def reinstall_node_instances(graph, node_instances, ignore_failure=False, related_nodes=None):
    """Uninstalls the instances, then installs them."""
    uninstall_node_instances(graph, node_instances, ignore_failure, related_nodes, name_prefix='reinstall-')
    install_node_instances(graph, node_instances, related_nodes, name_prefix='reinstall-')


def heal_node_instances(graph, node_instances, related_nodes=None, name_prefix='', ignore_failure=False):
    """Runs the heal operations of the instances. One that cannot be healed does not keep the others back: the
    execution's id stands in its system properties as ``heal_failed``."""
    LifecycleProcessor(graph, node_instances, related_nodes, ignore_failure=ignore_failure,
                       name_prefix=name_prefix).heal()


def update_node_instances(graph, node_instances, related_nodes=None, name_prefix=''):
    """Runs the update operations of the instances, and relationships, whose last drift check found a difference. Where
    that fails, the execution's id stands in the system properties as ``update_failed``."""
    LifecycleProcessor(graph, node_instances, related_nodes, name_prefix=name_prefix).update()


def rollback_node_instances(graph, node_instances, related_nodes=None, name_prefix='', ignore_failure=True):
    """Takes back what a failed install left half done."""
    LifecycleProcessor(graph, node_instances, related_nodes, ignore_failure=ignore_failure,
                       name_prefix=name_prefix).rollback()


def execute_establish_relationships(graph, node_instances, related_nodes=None, modified_relationship_ids=None):
    """Runs the establish operations of relationships between the instances, and to the related ones.
    ``modified_relationship_ids`` chooses among them: lists of target nodes by source node."""
    LifecycleProcessor(graph, node_instances, related_nodes, modified_relationship_ids,
                       name_prefix='establish-')._run('establish', 'install')


def execute_unlink_relationships(graph, node_instances, related_nodes=None, modified_relationship_ids=None):
    """Runs the unlink operations of the same relationships."""
    LifecycleProcessor(graph, node_instances, related_nodes, modified_relationship_ids,
                       name_prefix='unlink-')._run('unlink', 'uninstall')


class LifecycleProcessor(object):
    """The steps for some instances of a deployment. ``related_nodes`` are instances that stay: what ties them to the
    others is established, or unlinked."""

    def __init__(self, graph, node_instances=None, related_nodes=None, modified_relationship_ids=None,
                 ignore_failure=False, name_prefix=''):
        self.graph = graph
        self.node_instances = set(node_instances or ())
        self.intact_nodes = set(related_nodes or ())
        self.modified_relationship_ids = modified_relationship_ids
        self.ignore_failure = ignore_failure
        self.name_prefix = name_prefix

    def install(self):
        self._run('install', 'install')

    def uninstall(self):
        self._run('uninstall', 'uninstall')

    def rollback(self):
        self._run('rollback', 'rollback')

    def heal(self):
        self._run('heal', 'heal')

    def update(self):
        self._run('update', 'update')

    def _run(self, kind, name):
        self.graph.root.ctx.run_lifecycle(kind, self.name_prefix + name, self.node_instances, self.intact_nodes,
                                          self.ignore_failure, self.modified_relationship_ids)


def install_node_instance_subgraph(instance, graph, **_):
    """Adds the instance's install to the graph; returns the subgraph."""
    return _subgraph('install', instance, graph)


def uninstall_node_instance_subgraph(instance, graph, ignore_failure=False):
    return _subgraph('uninstall', instance, graph, ignore_failure)


def reinstall_node_instance_subgraph(instance, graph):
    return _subgraph('reinstall', instance, graph)


def rollback_node_instance_subgraph(instance, graph, ignore_failure=False):
    return _subgraph('rollback', instance, graph, ignore_failure)


def _subgraph(kind, instance, graph, ignore_failure=False):
    lifecycle = {'kind': kind, 'ignoreFailure': bool(ignore_failure)}
    described = graph.root.ctx.channel.call('lifecycle-tasks', instance=instance.id, lifecycle=lifecycle)
    return adopt_tasks(graph, described)


def is_host_node(node_instance):
    return 'cloudify.nodes.Compute' in node_instance.node.type_hierarchy


def ignore_subgraph_on_task_failure(subgraph):
    """Lets the subgraph go on where one of its tasks fails; a log line says so."""
    for task in subgraph.tasks.values():
        if task.is_subgraph:
            ignore_subgraph_on_task_failure(task)
        task.on_failure, task.failure_policy = None, 'clean-up'


def set_send_node_event_on_error_handler(task, instance):
    """Goes on when the task, which is one of the instance's, fails, and says so among the instance's events."""
    task.on_failure, task.failure_policy = None, 'ignore'
