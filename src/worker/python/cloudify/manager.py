"""The management server's REST API, as far as operations and workflows use it."""
import http.client
import json
import socket
from urllib.parse import quote, urlencode

from cloudify.exceptions import NonRecoverableError
from cloudify.proxies import AttributeDict
from cloudify.state import current_ctx, current_workflow_ctx


class CloudifyClientError(NonRecoverableError):
    """The server refused a request."""

    def __init__(self, message, status_code=None, error_code=None):
        super(CloudifyClientError, self).__init__('%s: %s' % (status_code, message))
        self.status_code = status_code
        self.error_code = error_code


class SocketConnection(http.client.HTTPConnection):
    def __init__(self, path):
        http.client.HTTPConnection.__init__(self, 'localhost')
        self._path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.connect(self._path)


class ListResponse(list):
    """The items of a list answer, and what came with them."""

    def __init__(self, answer):
        list.__init__(self, [AttributeDict(item) for item in answer['items']])
        self.metadata = AttributeDict(answer.get('metadata') or {})
        self.items = self


class Resource(object):
    """One kind of resource: ``list``, ``get``, ``create``, ``update``, ``delete``."""

    def __init__(self, client, path, put=False):
        self._client = client
        self._path = path
        self._put = put

    def list(self, _include=None, **query):
        if _include:
            query['_include'] = ','.join(_include)
        query = dict((key, value) for key, value in query.items() if value is not None)
        query.setdefault('_get_all_results', True)
        return ListResponse(self._client.request('GET', self._path, query=query))

    def get(self, resource_id, _include=None, **query):
        if _include:
            query['_include'] = ','.join(_include)
        return AttributeDict(self._client.request('GET', self._at(resource_id), query=query))

    def delete(self, resource_id, **query):
        return self._client.request('DELETE', self._at(resource_id), query=query)

    def update(self, resource_id, **body):
        return AttributeDict(self._client.request('PATCH', self._at(resource_id), body=body))

    def _at(self, resource_id):
        return '%s/%s' % (self._path, quote(str(resource_id), safe=''))


class Secrets(Resource):
    def create(self, key, value, update_if_exists=False, **body):
        body.update(value=value, update_if_exists=update_if_exists)
        return AttributeDict(self._client.request('PUT', self._at(key), body=body))


class Deployments(Resource):
    def create(self, blueprint_id, deployment_id, inputs=None, **body):
        body.update(blueprint_id=blueprint_id, inputs=inputs or {})
        return AttributeDict(self._client.request('PUT', self._at(deployment_id), body=body))


class Executions(Resource):
    def start(self, deployment_id, workflow_id, parameters=None, allow_custom_parameters=False, force=False, **body):
        body.update(deployment_id=deployment_id, workflow_id=workflow_id, parameters=parameters or {}, force=force,
                    allow_custom_parameters=allow_custom_parameters)
        return AttributeDict(self._client.request('POST', self._path, body=body))

    def cancel(self, execution_id, force=False, kill=False):
        action = 'kill' if kill else 'force-cancel' if force else 'cancel'
        return AttributeDict(self._client.request('POST', self._at(execution_id), body={'action': action}))


class Manager(object):
    """The server itself."""

    def __init__(self, client):
        self._client = client

    def get_config(self, name=None, scope=None):
        if name is not None:
            path = 'config/' + quote('%s.%s' % (scope, name) if scope else name, safe='')
            return AttributeDict(self._client.request('GET', path))
        return ListResponse(self._client.request('GET', 'config', query={'scope': scope} if scope else None))


class RestClient(object):
    """Over the socket that the server of this machine listens on."""

    def __init__(self, socket_path, tenant):
        self._socket_path = socket_path
        self._tenant = tenant
        self.blueprints = Resource(self, 'blueprints')
        self.deployments = Deployments(self, 'deployments')
        self.events = Resource(self, 'events')
        self.executions = Executions(self, 'executions')
        self.manager = Manager(self)
        self.node_instances = Resource(self, 'node-instances')
        self.nodes = Resource(self, 'nodes')
        self.plugins = Resource(self, 'plugins')
        self.secrets = Secrets(self, 'secrets')
        self.sites = Resource(self, 'sites')
        self.tenants = Resource(self, 'tenants')

    def request(self, method, path, query=None, body=None):
        url = '/api/v3.1/' + path
        if query:
            url += '?' + urlencode(dict((key, str(value).lower() if isinstance(value, bool) else value)
                                        for key, value in query.items()), doseq=True)
        connection = SocketConnection(self._socket_path)
        try:
            connection.request(method, url, body=None if body is None else json.dumps(body),
                               headers={'Content-Type': 'application/json', 'Tenant': self._tenant})
            response = connection.getresponse()
            text = response.read().decode('utf-8')
        except OSError as error:
            raise NonRecoverableError('The management server does not answer: %s' % error)
        finally:
            connection.close()
        answer = json.loads(text) if text else {}
        if response.status >= 400:
            raise CloudifyClientError(answer.get('message', text), response.status, answer.get('error_code'))
        return answer


def get_rest_client(tenant=None, **_):
    """A client that acts for the execution this code runs in."""
    for current in (current_ctx, current_workflow_ctx):
        try:
            ctx = current.get_ctx()
        except RuntimeError:
            continue
        return RestClient(ctx.server_socket, tenant or ctx.tenant_name)
    raise NonRecoverableError('There is no context here: get_rest_client() works inside operations and workflows')
