"""Nodes, node instances and their relationships, as a workflow sees them."""
from cloudify.logs import channel_logger
from cloudify.proxies import AttributeDict
from cloudify.workflows import tasks


def _operations(view):
    """The operations with the keys that blueprints give them."""
    return dict((name, {
        'plugin': each['plugin'], 'operation': each['operation'], 'executor': each['executor'], 'inputs': each['inputs'],
        'has_intrinsic_functions': each['hasIntrinsicFunctions'], 'max_retries': each['maxRetries'],
        'retry_interval': each['retryInterval'], 'timeout': each['timeout'],
        'timeout_recoverable': each['timeoutRecoverable'],
    }) for name, each in view.items())


class CloudifyWorkflowRelationship(object):
    """A relationship between two nodes."""

    def __init__(self, ctx, node, view):
        self._ctx = ctx
        self.node = node
        self.target_id = view['targetId']
        self.type = view['type']
        self.type_hierarchy = view['typeHierarchy']
        self.properties = view['properties']
        self.source_operations = _operations(view['sourceOperations'])
        self.target_operations = _operations(view['targetOperations'])

    @property
    def target_node(self):
        return self._ctx.get_node(self.target_id)

    def is_derived_from(self, other):
        return other in self.type_hierarchy


class CloudifyWorkflowRelationshipInstance(object):
    """A relationship between two node instances."""

    def __init__(self, ctx, node_instance, view):
        self._ctx = ctx
        self.node_instance = node_instance
        self.source_id = node_instance.id
        self.target_id = view['targetId']
        self.type = view['type']
        self.relationship = node_instance.node.get_relationship(view['targetNodeId'])

    @property
    def target_node_instance(self):
        return self._ctx.get_node_instance(self.target_id)

    def execute_source_operation(self, operation, kwargs=None, allow_kwargs_override=False, send_task_events=True):
        return self._execute(operation, self.node_instance, self.target_node_instance, True, kwargs,
                             allow_kwargs_override, send_task_events)

    def execute_target_operation(self, operation, kwargs=None, allow_kwargs_override=False, send_task_events=True):
        return self._execute(operation, self.target_node_instance, self.node_instance, False, kwargs,
                             allow_kwargs_override, send_task_events)

    def _execute(self, operation, instance, other, on_source, kwargs, override, send_task_events):
        sides = self.relationship.source_operations if on_source else self.relationship.target_operations
        related = {'nodeInstanceId': other.id, 'nodeId': other.node_id, 'isTarget': on_source,
                   'relationship': self.relationship.type}
        return self._ctx.operation_task(instance, operation, sides.get(operation), kwargs, override, send_task_events,
                                        related)


class CloudifyWorkflowNode(object):
    def __init__(self, ctx, view):
        self._ctx = ctx
        self.id = view['id']
        self.type = view['type']
        self.type_hierarchy = view['typeHierarchy']
        self.properties = view['properties']
        self.operations = _operations(view['operations'])
        self.host_id = view['hostId']
        self.number_of_instances = view['numberOfInstances']
        self.planned_number_of_instances = view['plannedNumberOfInstances']
        self.plugins = view.get('plugins', [])
        self.plugins_to_install = view.get('pluginsToInstall', [])
        self._relationships = [CloudifyWorkflowRelationship(ctx, self, each) for each in view['relationships']]

    @property
    def host_node(self):
        return self._ctx.get_node(self.host_id) if self.host_id else None

    @property
    def relationships(self):
        return iter(self._relationships)

    @property
    def instances(self):
        return iter([instance for instance in self._ctx.node_instances if instance.node_id == self.id])

    def get_relationship(self, target_id):
        return next((each for each in self._relationships if each.target_id == target_id), None)

    def has_operation(self, name):
        return bool(self.operations.get(name, {}).get('operation'))


class CloudifyWorkflowNodeInstance(object):
    def __init__(self, ctx, view):
        self._ctx = ctx
        self._view = view
        self.id = view['id']
        self.node_id = view['nodeId']
        self.host_id = view['hostId']
        self.index = view['index']
        self.state = view['state']
        self.version = view.get('version')
        self.modification = view.get('modification')
        self.runtime_properties = view['runtimeProperties']
        self.system_properties = view['systemProperties']
        self.scaling_groups = [AttributeDict(group) for group in view['scalingGroups']]
        self._logger = None

    @property
    def ctx(self):
        return self._ctx

    @property
    def deployment_id(self):
        return self._ctx.deployment.id

    @property
    def node(self):
        return self._ctx.get_node(self.node_id)

    @property
    def relationships(self):
        return iter([CloudifyWorkflowRelationshipInstance(self._ctx, self, each)
                     for each in self._view['relationships'] if self.node.get_relationship(each['targetNodeId'])])

    @property
    def contained_instances(self):
        def contained_here(instance):
            return any(each.target_id == self.id
                       and each.relationship.is_derived_from('cloudify.relationships.contained_in')
                       for each in instance.relationships)
        return [instance for instance in self._ctx.node_instances if contained_here(instance)]

    def get_contained_subgraph(self):
        """This instance and everything that is contained in it, however deep."""
        members = {self}
        for contained in self.contained_instances:
            members |= contained.get_contained_subgraph()
        return members

    @property
    def logger(self):
        if self._logger is None:
            name = 'ctx.%s-%s' % (self._ctx.execution_id, self.id)
            self._logger = channel_logger(self._ctx.channel, name, instance=self.id, logger=name)
        return self._logger

    def execute_operation(self, operation, kwargs=None, allow_kwargs_override=False, send_task_events=True):
        return self._ctx.operation_task(self, operation, self.node.operations.get(operation), kwargs,
                                        allow_kwargs_override, send_task_events)

    def set_state(self, state):
        """What the instance says of its state here stays until the instances are read anew."""
        work = {'type': 'SetNodeInstanceStateTask', 'nodeInstanceId': self.id, 'state': state}
        return self._ctx.run(tasks.WorkflowTask(self._ctx, 'SetNodeInstanceStateTask', work, self, total_retries=0,
                                                send_task_events=False, info=state))

    def get_state(self):
        work = {'type': 'GetNodeInstanceStateTask', 'nodeInstanceId': self.id}
        return self._ctx.run(tasks.WorkflowTask(self._ctx, 'GetNodeInstanceStateTask', work, self, total_retries=0,
                                                send_task_events=False))

    def send_event(self, event, additional_context=None):
        work = {'type': 'SendNodeEventTask', 'nodeInstanceId': self.id, 'event': str(event)}
        return self._ctx.run(tasks.WorkflowTask(self._ctx, 'SendNodeEventTask', work, self, total_retries=0,
                                                send_task_events=False, info=str(event)))
