"""Small things that plugins and workflows import from here."""
import logging
import random
import shlex
import string
import subprocess
import sys

from cloudify.exceptions import CommandExecutionException


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
        import os
        words = shlex.split(command) if isinstance(command, str) else list(command)
        self.logger.debug('[%s] run: %s', self.host, ' '.join(words))
        process = subprocess.Popen(words, stdout=subprocess.PIPE if stdout_pipe else None,
                                   stderr=subprocess.PIPE if stderr_pipe else None, cwd=cwd,
                                   env=dict(os.environ, **(execution_env or {})))
        out, err = [(stream or b'').decode(encoding, 'replace').rstrip() for stream in process.communicate()]
        if process.returncode != 0 and exit_on_failure:
            raise CommandExecutionException(' '.join(words), err, out, process.returncode)
        return CommandExecutionResponse(' '.join(words), out, err, process.returncode)
