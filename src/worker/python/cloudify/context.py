"""What an operation sees of the world: ``ctx``."""
import copy
import os
import sys

from cloudify.capabilities import ContextCapabilities
from cloudify.channel import CallFailed
from cloudify.constants import DEPLOYMENT, NODE_INSTANCE, RELATIONSHIP_INSTANCE  # noqa: F401
from cloudify.exceptions import HttpException, NonRecoverableError, OperationRetry, RecoverableError
from cloudify.logs import channel_logger
from cloudify.proxies import AttributeDict
from cloudify.rest_access import RestAccess
from cloudify.workdir import DeploymentWorkdir

UNSET = object()


class PropertiesOvertaken(RecoverableError):
    """Another operation has changed the same runtime properties meanwhile."""


class ImmutableProperties(dict):
    """Properties of a node, which an operation cannot change."""

    def _refuse(self, *_, **__):
        raise NonRecoverableError('Cannot override read only properties')

    __setitem__ = __delitem__ = update = pop = popitem = clear = setdefault = _refuse

    def __deepcopy__(self, memo):
        return ImmutableProperties(copy.deepcopy(dict(self), memo))


class NodeContext(object):
    def __init__(self, view):
        self.id = self.name = view['id']
        self.type = view['type']
        self.type_hierarchy = view['typeHierarchy']
        self.properties = ImmutableProperties(view['properties'])
        self.number_of_instances = view['numberOfInstances']


class RelationshipContext(object):
    def __init__(self, view, channel):
        self.type = view['type']
        self.type_hierarchy = view['typeHierarchy']
        self.target = EndpointContext(view['target'], channel)


class NodeInstanceContext(object):
    def __init__(self, view, channel):
        self._channel = channel
        self.id = view['id']
        self.index = view['index']
        self.host_ip = view['hostIp']
        self.scaling_groups = view['scalingGroups']
        self.system_properties = view['systemProperties']
        #: What the last check of the configuration found, or None.
        self.drift = (self.system_properties.get('configuration_drift') or {}).get('result')
        self._relationships = view['relationships']
        self._adopt(view)

    @property
    def runtime_properties(self):
        return self._properties

    @runtime_properties.setter
    def runtime_properties(self, values):
        self._properties = dict(values)

    @property
    def relationships(self):
        return [RelationshipContext(view, self._channel) for view in self._relationships]

    def update(self, on_conflict=None):
        """Stores the runtime properties now; else they are stored when the operation ends.

        What others did to other keys meanwhile is kept. ``on_conflict(mine, latest)`` returns what to store: it is
        asked at once, and again with what is stored then, when another operation has changed the same keys.
        """
        if on_conflict is None:
            self._store()
            return
        mine = latest = self._properties
        while True:
            self._properties = on_conflict(copy.deepcopy(mine), copy.deepcopy(latest))
            try:
                self._store()
                return
            except PropertiesOvertaken:
                self.refresh(force=True)
                latest = self._properties

    def _store(self):
        change = self._change()
        if change is None:
            return
        try:
            self._adopt(self._channel.call('save', instance=self.id, change=change))
        except CallFailed as error:
            if error.kind != 'PropertiesOvertaken':
                raise
            raise PropertiesOvertaken(str(error)) from None

    def refresh(self, force=False):
        """Reads the runtime properties anew; with ``force`` also when that loses changes."""
        if self._change() is not None and not force:
            raise NonRecoverableError('Runtime properties were changed and would be lost; store them with update() '
                                      'or refresh with force=True')
        self._adopt(self._channel.call('refresh', instance=self.id))

    def _adopt(self, stored):
        self._version = stored['version']
        self._stored = stored['runtimeProperties']
        self._properties = copy.deepcopy(self._stored)

    def _change(self):
        before, after = self._stored, self._properties
        changed = dict((key, value) for key, value in after.items() if key not in before or before[key] != value)
        removed = [key for key in before if key not in after]
        if not changed and not removed:
            return None
        was = dict((key, before[key]) for key in list(changed) + removed if key in before)
        return {'set': changed, 'removed': removed, 'was': was, 'version': self._version}


class EndpointContext(object):
    """One side of a relationship."""

    def __init__(self, view, channel):
        self.node = NodeContext(view['node'])
        self.instance = NodeInstanceContext(view['instance'], channel)


class OperationContext(object):
    def __init__(self, job, side):
        self.name = job['operation']['name']
        self.retry_number = job['operation']['retryNumber']
        self.max_retries = job['operation']['maxRetries']
        self.relationship = side
        self.requested_retry = None

    def retry(self, message=None, retry_after=None):
        """Asks for a further attempt once the operation has returned."""
        self.requested_retry = OperationRetry(message or '', retry_after=retry_after)
        return self.requested_retry


class PluginContext(str):
    """A plugin; as a text it is the plugin's name."""

    def __new__(cls, plugin, workdir):
        made = str.__new__(cls, plugin['name'] or '')
        made.name, made.package_name = plugin['name'], plugin['packageName']
        made.package_version, made.properties = plugin['packageVersion'], plugin['properties']
        made.source = None
        #: Where the plugin is installed.
        made.prefix = sys.prefix if sys.prefix != sys.base_prefix else None
        made._deployment = workdir
        return made

    @property
    def workdir(self):
        """A directory of the plugin's own in that of the deployment."""
        path = os.path.join(self._deployment, 'plugins', self.name or '')
        os.makedirs(path, exist_ok=True)
        return path


class CloudifyContext(DeploymentWorkdir, RestAccess):
    def __init__(self, job, channel, server_socket=None):
        self._job = job
        self._channel = channel
        self.server_socket = server_socket
        subject = job['subject']
        self.type = subject['kind']
        self._endpoints = {}
        if self.type == NODE_INSTANCE:
            self._endpoints['own'] = EndpointContext(subject, channel)
        elif self.type == RELATIONSHIP_INSTANCE:
            self._endpoints['source'] = EndpointContext(subject['source'], channel)
            self._endpoints['target'] = EndpointContext(subject['target'], channel)
        self.operation = OperationContext(job, subject.get('side'))
        deployment = job['deployment']
        self.deployment = AttributeDict(id=deployment['id'], display_name=deployment['displayName'],
                                        resource_tags=deployment['resourceTags'], runtime_properties={})
        self.blueprint = AttributeDict(id=job['blueprintId'])
        self._workdir = os.getcwd()
        self.plugin = PluginContext(job['plugin'], self._workdir)
        self.tenant = {'name': job['tenant']}
        self.tenant_name = job['tenant']
        self.execution_id = job['executionId']
        self.execution_creator_username = job['createdBy']
        self.workflow_id = job['workflowId']
        self.workflow_parameters = job['workflowParameters']
        self.task_id = job['taskId']
        self.task_name = job['functionPath']
        self.task_queue = self.task_target = None
        self.task_type = 'operation'
        self.timeout = job.get('timeout')
        self.timeout_recoverable = job.get('timeoutRecoverable')
        self.execution_env = {}
        self.bypass_maintenance = False
        self.resume = job['resume']
        self.dry_run = self.local = False
        self.logger = channel_logger(channel, 'ctx.' + self.task_id)
        self.return_value = UNSET

    def _endpoint(self, side, wanted, names):
        if side not in self._endpoints:
            raise NonRecoverableError('%s can only be used in a %s context but used in a %s context.'
                                      % (names, wanted, self.type))
        return self._endpoints[side]

    @property
    def node(self):
        return self._endpoint('own', NODE_INSTANCE, 'ctx.node/ctx.instance').node

    @property
    def instance(self):
        return self._endpoint('own', NODE_INSTANCE, 'ctx.node/ctx.instance').instance

    @property
    def source(self):
        return self._endpoint('source', RELATIONSHIP_INSTANCE, 'ctx.source/ctx.target')

    @property
    def target(self):
        return self._endpoint('target', RELATIONSHIP_INSTANCE, 'ctx.source/ctx.target')

    @property
    def capabilities(self):
        return ContextCapabilities(self.instance)

    @property
    def provider_context(self):
        return self._rest().request('GET', 'provider/context').get('context') or {}

    @property
    def bootstrap_context(self):
        return AttributeDict(self.provider_context.get('cloudify') or {})

    def get_operation(self):
        """This task as it is stored."""
        return self._rest().request('GET', 'operations/' + self.task_id)

    def get_execution(self, execution_id=None):
        return self._rest().executions.get(execution_id or self.execution_id)

    def _rest(self):
        from cloudify.manager import RestClient
        return RestClient(self.server_socket, self.tenant_name)

    def send_event(self, message):
        self._channel.send({'event': message})

    def download_resource(self, resource_path, target_path=None):
        """Copies a file of the deployment or its blueprint; returns the path of the copy."""
        return self._download(resource_path, target_path, None)

    def download_resource_and_render(self, resource_path, target_path=None, template_variables=None):
        """Copies a template and fills it in: by Jinja where it is installed, else as far as plain values go."""
        try:
            from jinja2 import Template
        except ImportError:
            return self._download(resource_path, target_path, template_variables or {})
        copied = self._download(resource_path, target_path, None)
        with open(copied) as template:
            rendered = Template(template.read()).render(dict(template_variables or {}, ctx=self))
        with open(copied, 'w') as target:
            target.write(rendered)
        return copied

    def get_config(self, name=None, scope=None):
        """Settings of the server: one by its name, or all of a scope."""
        from cloudify.manager import get_rest_client
        return get_rest_client().manager.get_config(name=name, scope=scope)

    def get_resource(self, resource_path):
        with open(self._found(resource_path), 'rb') as resource:
            return resource.read()

    def get_resource_and_render(self, resource_path, template_variables=None):
        copied = self.download_resource_and_render(resource_path, template_variables=template_variables)
        try:
            with open(copied, 'rb') as resource:
                return resource.read()
        finally:
            os.unlink(copied)

    def _found(self, path):
        try:
            return self._channel.call('find-resource', path=path)
        except CallFailed as error:
            raise _resource_error(path, error)

    def _download(self, path, target, variables):
        try:
            return self._channel.call('download', path=path, target=target, variables=variables)
        except CallFailed as error:
            raise _resource_error(path, error)

    # A script says how it ends by the next three; a function returns or raises instead.

    def returns(self, value):
        return self._end_with(value)

    def abort_operation(self, message=None):
        return self._end_with(NonRecoverableError(message or ''))

    def retry_operation(self, message=None, retry_after=None):
        return self._end_with(OperationRetry(message or '', retry_after=retry_after))

    def _end_with(self, value):
        if self.return_value is not UNSET:
            self.return_value = NonRecoverableError('ctx may only abort or return once')
            raise RuntimeError('ctx may only abort or return once')
        self.return_value = value
        return value

    def store_properties(self):
        """Stores what the operation changed."""
        for endpoint in self._endpoints.values():
            endpoint.instance.update()


def _resource_error(path, error):
    return HttpException(path, 404, str(error)) if error.kind == 'ResourceNotFound' else NonRecoverableError(str(error))
