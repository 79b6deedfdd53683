"""What a workflow sees of its deployment: ``ctx``, nodes, instances and their relationships."""
import copy
import threading
import uuid

from cloudify.exceptions import NonRecoverableError
from cloudify.logs import channel_logger
from cloudify.proxies import AttributeDict
from cloudify.workflows import api, tasks
from cloudify.workflows.tasks_graph import TaskDependencyGraph


class CloudifyWorkflowRelationship(object):
    """A relationship between two nodes."""

    def __init__(self, ctx, node, view):
        self._ctx = ctx
        self.node = node
        self.target_id = view['targetId']
        self.type = view['type']
        self.type_hierarchy = view['typeHierarchy']
        self.properties = view['properties']
        self.source_operations = view['sourceOperations']
        self.target_operations = view['targetOperations']

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
        self.target_id = view['targetId']
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
        self.operations = view['operations']
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
        self.runtime_properties = view['runtimeProperties']
        self.system_properties = view['systemProperties']
        self.scaling_groups = [AttributeDict(group) for group in view['scalingGroups']]
        self._logger = None

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
        self.state = state
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


class CloudifyWorkflowContext(object):
    def __init__(self, job, channel):
        execution = job['execution']
        self.channel = channel
        self.server_socket = job['serverSocket']
        self.execution_id = self.task_id = execution['id']
        self.workflow_id = execution['workflowId']
        self.task_name = execution['functionPath']
        self.task_queue, self.task_target = None, None
        self.execution_creator_username = execution['createdBy']
        self.tenant = {'name': execution['tenant']}
        self.tenant_name = execution['tenant']
        self.dry_run = execution['dryRun']
        self.resume = execution['resume'] or None
        self.wait_after_fail = execution['waitAfterFail']
        self.task_retries = execution['taskRetries']
        self.task_retry_interval = execution['taskRetryInterval']
        self.local = False
        deployment = job['deployment']
        self.blueprint = AttributeDict(id=execution['blueprintId'])
        self.deployment = AttributeDict(id=deployment['id'], display_name=deployment['displayName'],
                                        creator=deployment['createdBy'], resource_tags=deployment['resourceTags'],
                                        scaling_groups=deployment['scalingGroups'])
        self.logger = channel_logger(channel, 'ctx.' + self.execution_id)
        self._graph = None
        self._started = {}
        self._graphs = {}
        self._locals = threading.BoundedSemaphore(8)
        channel.on_message = self._heard
        channel.listen()
        self._load(job['view'])

    def _load(self, view):
        self._nodes = dict((each['id'], CloudifyWorkflowNode(self, each)) for each in view['nodes'])
        self._instances = dict((each['id'], CloudifyWorkflowNodeInstance(self, each)) for each in view['instances'])

    @property
    def nodes(self):
        return iter(list(self._nodes.values()))

    @property
    def node_instances(self):
        return iter(list(self._instances.values()))

    def get_node(self, node_id):
        return self._nodes.get(node_id)

    def get_node_instance(self, node_instance_id):
        return self._instances.get(node_instance_id)

    def refresh_node_instances(self):
        """Reads states, properties and the instances themselves anew."""
        self._load(self.channel.call('view'))

    def graph_mode(self):
        """From here on calls make tasks, which run when the returned graph is executed."""
        if self._started:
            raise RuntimeError('Cannot switch to graph mode when tasks have already been executed')
        if self._graph is None:
            self._graph = TaskDependencyGraph(self)
        else:
            self._graph.tasks_by_id.clear()
            self._graph._stored = self._graph._restored = False
        return self._graph

    def send_event(self, event, event_type='workflow_stage', args=None, additional_context=None):
        work = {'type': 'SendWorkflowEventTask', 'event': str(event), 'eventType': event_type,
                'context': additional_context or {}}
        return self.run(tasks.WorkflowTask(self, 'SendWorkflowEventTask', work, total_retries=0,
                                           send_task_events=False))

    def update_execution_status(self, new_status):
        work = {'type': 'UpdateExecutionStatusTask', 'status': new_status}
        return self.run(tasks.WorkflowTask(self, 'UpdateExecutionStatusTask', work, total_retries=0,
                                           send_task_events=False))

    def local_task(self, local_task, node=None, info=None, kwargs=None, task_id=None, name=None, send_task_events=True,
                   override_task_config=False, total_retries=None, retry_interval=None):
        """A function of the workflow's own, run as a task, in a thread of this process."""
        name = name or local_task.__name__
        work = {'type': 'LocalWorkflowTask', 'call': {'function': name, 'kwargs': {},
                                                      'nodeInstanceId': node.id if node else None}}
        task = tasks.WorkflowTask(self, name, work, node, function=lambda: local_task(**copy.copy(kwargs or {})),
                                  total_retries=total_retries, retry_interval=retry_interval,
                                  send_task_events=send_task_events, info=info)
        work['call']['function'] = task.id
        return self.run(task)

    def execute_task(self, task_name, local=True, task_queue=None, task_target=None, kwargs=None, node_instance_id=None,
                     info=None, send_task_events=True, **_):
        """A function by its dotted path, run as a task of the workflow's own process."""
        from cloudify.dispatch import find_function
        if not local:
            raise NonRecoverableError('Only operations run outside of the workflow; use instance.execute_operation')
        return self.local_task(find_function(task_name), kwargs=kwargs, name=task_name, info=info,
                               send_task_events=send_task_events)

    def operation_task(self, instance, name, operation, kwargs, override, send_task_events, related=None):
        if not operation or not operation['operation']:
            task = tasks.WorkflowTask(self, 'NOPLocalWorkflowTask', {'type': 'NOPLocalWorkflowTask'}, instance,
                                      total_retries=0, send_task_events=False)
            return task if self._graph is not None else tasks.NothingToRun(task, instance.node_id, name)
        inputs, given = dict(operation['inputs']), kwargs or {}
        doubled = sorted(set(inputs) & set(given))
        if doubled and not override:
            raise RuntimeError('Duplicate definition of %s in operation properties and in kwargs. To allow redefinition, '
                               'pass "allow_kwargs_override" to "execute_operation"' % ', '.join(doubled))
        inputs.update(given)
        call = {'operation': name, 'task': operation['operation'], 'plugin': operation['plugin'],
                'executor': operation['executor'] or '', 'nodeInstanceId': instance.id, 'nodeId': instance.node_id,
                'hostId': instance.host_id, 'related': related, 'kwargs': inputs,
                'hasIntrinsicFunctions': operation['hasIntrinsicFunctions'], 'timeout': operation['timeout'],
                'timeoutRecoverable': operation['timeoutRecoverable']}
        return self.run(tasks.WorkflowTask(self, operation['operation'], {'type': 'RemoteWorkflowTask', 'call': call},
                                           instance, total_retries=operation['maxRetries'],
                                           retry_interval=operation['retryInterval'],
                                           send_task_events=send_task_events))

    def run(self, task):
        """In graph mode the task itself, else what will become of it: it starts at once."""
        if self._graph is not None:
            return task
        self._started[task.id] = task
        self.channel.send({'start': task.described()})
        return task.async_result

    def run_graph(self, graph, described):
        """Has the worker run the tasks; handlers and local tasks are called here meanwhile."""
        self._graphs[graph] = True
        number = str(uuid.uuid4())
        restored = {'restore': True} if graph._restored else {}
        try:
            return self.channel.call('run-graph', number=number, name=graph.name, stored=graph._stored, tasks=described,
                                     **restored)
        finally:
            del self._graphs[graph]

    def wait_for_started(self):
        """Waits for what nobody has asked about; an error of one of them is the workflow's."""
        for task in list(self._started.values()):
            if not task.async_result.retrieved:
                task.async_result.get()

    def download_resource(self, resource_path, target_path=None):
        return self.channel.call('download', path=resource_path, target=target_path, variables=None)

    def get_resource(self, resource_path):
        with open(self.channel.call('find-resource', path=resource_path), 'rb') as resource:
            return resource.read()

    def _task(self, task_id):
        if task_id in self._started:
            return self._started[task_id]
        for graph in list(self._graphs):
            task = graph.get_task(task_id)
            if task is not None:
                return task
        return None

    def _heard(self, message):
        if 'settled' in message:
            self._started[message['settled']].async_result.settle(message['outcome'])
        elif 'consult' in message:
            self._in_thread(self._consult, message)
        elif 'local' in message:
            self._in_thread(self._run_local, message)
        elif 'cancel' in message:
            if message['cancel'] != 'cancelling':
                api.force_cancel_request.set()
            api.set_cancel_request()

    def _in_thread(self, function, message):
        thread = threading.Thread(target=function, args=(message,))
        thread.daemon = True
        thread.start()

    def _consult(self, message):
        task = self._task(message['origin'])
        outcome = message['outcome']
        handler = task.on_success if outcome['succeeded'] else task.on_failure
        task.state = tasks.TASK_SUCCEEDED if outcome['succeeded'] else tasks.TASK_FAILED
        if not outcome['succeeded']:
            task.async_result.error = tasks.as_exception(outcome.get('failure'))
        else:
            task.async_result.result = outcome['result']
        try:
            verdict = handler(task).as_verdict()
        except Exception:
            self.logger.exception('A handler of %s failed', task.name)
            verdict = {'action': 'fail'}
        self.channel.send({'verdict': verdict, 'task': message['consult']})

    def _run_local(self, message):
        from cloudify.dispatch import failure
        with self._locals:
            task = self._task(message['function'])
            try:
                end = {'ok': True, 'result': task.function()}
            except BaseException as error:
                end = failure(error)
            try:
                self.channel.send({'local-ended': message['local'], 'end': end})
            except (TypeError, ValueError):
                end = failure(NonRecoverableError('%s returned what JSON cannot say' % task.name))
                self.channel.send({'local-ended': message['local'], 'end': end})
