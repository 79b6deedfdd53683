"""What a workflow works with: ``ctx``."""
import copy
import os
import threading
import uuid

from cloudify.exceptions import NonRecoverableError, WorkflowFailed
from cloudify.logs import channel_logger
from cloudify.proxies import AttributeDict
from cloudify.rest_access import RestAccess
from cloudify.workdir import DeploymentWorkdir
from cloudify.workflows import api, tasks
from cloudify.workflows.deployment_views import CloudifyWorkflowNode, CloudifyWorkflowNodeInstance
from cloudify.workflows.modifications import WorkflowDeploymentContext
from cloudify.workflows.tasks_graph import TaskDependencyGraph

#: What a part of a built-in workflow raises, by the name under which the engine knows it.
KNOWN_FAILURES = {'ValueError': ValueError, 'RuntimeError': RuntimeError, 'NonRecoverableError': NonRecoverableError}


class CloudifyWorkflowContext(DeploymentWorkdir, RestAccess):
    def __init__(self, job, channel):
        execution = job['execution']
        self.channel = self._channel = channel
        self._workdir = os.getcwd()
        self.server_socket = job['serverSocket']
        self.execution_id = self.task_id = execution['id']
        self.workflow_id = execution['workflowId']
        self.workflow_parameters = job['parameters']
        self.task_name = execution['functionPath']
        self.bypass_maintenance = False
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
        self.deployment = WorkflowDeploymentContext(self, deployment)
        self.logger = channel_logger(channel, 'ctx.' + self.execution_id)
        self._graph = None
        self._started = {}
        self._parts = {}
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
            task = tasks.WorkflowTask(self, 'NOP', {'type': 'NOPLocalWorkflowTask'}, instance,
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
                'hasIntrinsicFunctions': operation['has_intrinsic_functions'], 'timeout': operation['timeout'],
                'timeoutRecoverable': operation['timeout_recoverable']}
        return self.run(tasks.WorkflowTask(self, operation['operation'], {'type': 'RemoteWorkflowTask', 'call': call},
                                           instance, total_retries=operation['max_retries'],
                                           retry_interval=operation['retry_interval'],
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

    def run_built_in(self, function, parameters):
        """Runs what a built-in workflow runs, as a part of this execution."""
        self._run_part('run-built-in', function, function=function, parameters=parameters)

    def run_lifecycle(self, kind, name, node_instances, related, ignore_failure, modified=None):
        """Runs one graph of the lifecycle."""
        self._run_part('run-lifecycle', name, part={
            'kind': kind, 'graphName': name, 'ignoreFailure': bool(ignore_failure),
            'modified': dict((source, list(targets)) for source, targets in modified.items()) if modified else None,
            'instanceIds': sorted(each.id for each in node_instances), 'relatedIds': sorted(each.id for each in related)})

    def _run_part(self, call, name, **arguments):
        """A part that is run again has graphs of its own; a resume finds them by how many there were before."""
        count = self._parts[name] = self._parts.get(name, 0) + 1
        end = self.channel.call(call, graphSuffix='' if count == 1 else '-%d' % count, **arguments)
        if end['status'] == 'cancelled':
            raise api.ExecutionCancelled()
        if end['status'] == 'failed':
            raise KNOWN_FAILURES.get(end['type'], WorkflowFailed)(end['error'])
        self.refresh_node_instances()

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

    def get_execution(self, execution_id=None):
        return self._rest().executions.get(execution_id or self.execution_id)

    def start_execution(self, deployment_id, workflow_id, **arguments):
        """Starts a workflow, of another deployment as a rule; does not wait for it."""
        return self._rest().executions.start(deployment_id, workflow_id, **arguments)

    def get_secret(self, key):
        return self._rest().secrets.get(key)

    def _rest(self):
        from cloudify.manager import RestClient
        return RestClient(self.server_socket, self.tenant_name)

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
            task = self._task(message['settled'])
            if task is not None:
                task.async_result.settle(message['outcome'])
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
        task.async_result.settle(outcome)
        if task.is_subgraph:
            task.failed_task = self._task(message['failed']) if message.get('failed') else None
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
