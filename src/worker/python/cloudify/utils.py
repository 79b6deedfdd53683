"""Small things that plugins and workflows import from here."""
import logging
import os
import random
import shlex
import shutil
import string
import subprocess
import sys
import tempfile
import time
import traceback
import uuid

from cloudify.exceptions import CommandExecutionException, NonRecoverableError, TimeoutException
from cloudify.state import current_ctx, current_workflow_ctx


def setup_logger(logger_name, logger_level=logging.DEBUG, handlers=None, remove_existing_handlers=True,
                 logger_format=None, propagate=True):
    logger = logging.getLogger(logger_name)
    if remove_existing_handlers:
        for handler in list(logger.handlers):
            logger.removeHandler(handler)
    if not handlers:
        handlers = [logging.StreamHandler(sys.stdout)]
        handlers[0].setLevel(logging.DEBUG)
    for handler in handlers:
        handler.setFormatter(logging.Formatter(logger_format or '%(asctime)s [%(levelname)s] [%(name)s] %(message)s'))
        logger.addHandler(handler)
    logger.setLevel(logger_level)
    logger.propagate = propagate
    return logger


def id_generator(size=6, chars=string.ascii_uppercase + string.digits):
    return ''.join(random.choice(chars) for _ in range(size))


class CommandExecutionResponse(object):
    def __init__(self, command, std_out, std_err, return_code):
        self.command = command
        self.std_out = std_out
        self.std_err = std_err
        self.return_code = return_code


class LocalCommandRunner(object):
    """Runs commands of this machine and keeps what they say."""

    def __init__(self, logger=None, host='localhost'):
        self.logger = logger or setup_logger('LocalCommandRunner')
        self.host = host

    def run(self, command, exit_on_failure=True, stdout_pipe=True, stderr_pipe=True, cwd=None, execution_env=None,
            encoding='utf-8'):
        words = shlex.split(command) if isinstance(command, str) else list(command)
        self.logger.debug('[%s] run: %s', self.host, ' '.join(words))
        process = subprocess.Popen(words, stdout=subprocess.PIPE if stdout_pipe else None,
                                   stderr=subprocess.PIPE if stderr_pipe else None, cwd=cwd,
                                   env=dict(os.environ, **(execution_env or {})))
        out, err = [(stream or b'').decode(encoding, 'replace').rstrip() for stream in process.communicate()]
        if process.returncode != 0 and exit_on_failure:
            raise CommandExecutionException(' '.join(words), err, out, process.returncode)
        return CommandExecutionResponse(' '.join(words), out, err, process.returncode)


def _current():
    """The context of the operation or workflow that this runs in."""
    for current in (current_ctx, current_workflow_ctx):
        try:
            return current.get_ctx()
        except RuntimeError:
            continue
    raise NonRecoverableError('There is no context here: this works inside operations and workflows')


def get_execution_id():
    return _current().execution_id


def get_tenant():
    return _current().tenant


def get_tenant_name():
    return _current().tenant_name


def get_workflow_parameters():
    return _current().workflow_parameters


def get_rest_token():
    return _current().rest_token


def get_execution_token():
    return _current().execution_token


def get_manager_rest_service_host():
    return _current().rest_host


def get_manager_rest_service_port():
    return _current().rest_port


def get_manager_rest_service_protocol():
    return 'http'


def get_is_bypass_maintenance():
    return False


def is_management_environment():
    """Operations and workflows run where the server runs."""
    return True


def get_instances_of_node(rest_client, deployment_id=None, node_id=None):
    return rest_client.node_instances.list(deployment_id=deployment_id, node_id=node_id)


def get_exec_tempdir():
    """Where temporary files of operations go."""
    return os.environ.get('CFY_EXEC_TEMP') or tempfile.gettempdir()


def create_temp_folder():
    return tempfile.mkdtemp(dir=get_exec_tempdir())


def format_exception(error):
    return str(error)


def exception_to_error_cause(exception, tb):
    text = tb if isinstance(tb, str) else ''.join(traceback.format_exception(type(exception), exception, tb))
    return {'message': str(exception), 'type': type(exception).__name__, 'traceback': text}


def get_func(task_name):
    """The function of a dotted path."""
    from cloudify.dispatch import find_function
    return find_function(task_name)


def wait_for(callable_obj, callable_obj_key, value_attr, test_value, msg='', timeout=30):
    """Waits until an attribute of what the callable returns for the key has the value."""
    deadline = time.time() + timeout
    while getattr(callable_obj(callable_obj_key), value_attr) != test_value:
        if time.time() >= deadline:
            raise TimeoutException(msg)
        time.sleep(1)


def get_executable_path(executable, venv):
    return os.path.join(venv, 'bin', executable)


def get_python_path(venv):
    return get_executable_path('python', venv)


def extract_archive(source):
    """Unpacks a zip or tar file into a new directory; returns its path."""
    destination = create_temp_folder()
    shutil.unpack_archive(source, destination, _format_of(source))
    return destination


def unzip(archive, destination=None):
    destination = destination or create_temp_folder()
    shutil.unpack_archive(archive, destination, 'zip')
    return destination


def untar(archive, destination=None):
    destination = destination or create_temp_folder()
    shutil.unpack_archive(archive, destination, _format_of(archive))
    return destination


def _format_of(archive):
    """By content: names are often without a suffix."""
    with open(archive, 'rb') as opened:
        start = opened.read(6)
    for magic, name in ((b'PK', 'zip'), (b'\x1f\x8b', 'gztar'), (b'BZh', 'bztar'), (b'\xfd7zXZ', 'xztar')):
        if start.startswith(magic):
            return name
    return 'tar'


def generate_user_password(password_length=32):
    letters = string.ascii_letters + string.digits
    return ''.join(random.SystemRandom().choice(letters) for _ in range(password_length))


def uuid4():
    return str(uuid.uuid4())


def ipv6_url_compat(address):
    """An IPv6 address stands in brackets in a URL."""
    return '[%s]' % address if address.count(':') > 1 and not address.startswith('[') else address
