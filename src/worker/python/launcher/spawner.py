"""Starts the processes of user code for a worker, and passes on what they say and how they end.

The worker is a large process, and the system copies the tables of its memory for each child that it starts itself.
This process is small. It has the framework loaded, too: Python code of users runs in a copy of it, which costs a
fraction of starting an interpreter. It ends with the worker; what it started goes on until somebody ends it.
"""
import errno
import gc
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import traceback

#: The line to the worker. A frame is ``KIND NUMBER LENGTH``, a line end, and so many bytes; the number is the process's.
CONTROL = 3
CHUNK = 65536
LONGEST_HEAD = 64

# From the worker
START, WRITE, HANG_UP = b's', b'w', b'h'
# To the worker; of a stream no bytes mean its end
PID, FAILURE, OUT, ERR, CHANNEL, EXIT = b'p', b'f', b'o', b'e', b'c', b'x'


class Spawner(object):
    def __init__(self):
        self.worker = os.getppid()
        self.selector = selectors.DefaultSelector()
        #: Numbers of the processes that run, by their ids.
        self.numbers = {}
        #: What passes on the streams of each process that runs, by its number; a stream that has ended has nothing.
        self.outputs = {}
        self.channels = {}
        self.received = bytearray()

    def run(self):
        woken, wakes = os.pipe()
        os.set_blocking(wakes, False)
        signal.set_wakeup_fd(wakes)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self.selector.register(CONTROL, selectors.EVENT_READ, self.listen)
        self.selector.register(woken, selectors.EVENT_READ, lambda _: self.reap(woken))
        while True:
            for key, events in self.selector.select():
                # Something before it may have closed it, and a new process may have its number by now.
                present = self.selector.get_map().get(key.fd)
                if present is not None and present.data == key.data:
                    key.data(events)

    def listen(self, _):
        try:
            received = os.read(CONTROL, CHUNK)
        except ConnectionResetError:
            received = b''
        if not received:
            os._exit(0)
        self.received += received
        while True:
            line_end = self.received.find(b'\n', 0, LONGEST_HEAD)
            if line_end < 0:
                return
            kind, number, length = bytes(self.received[:line_end]).split()
            end = line_end + 1 + int(length)
            if len(self.received) < end:
                return
            payload = bytes(self.received[line_end + 1:end])
            del self.received[:end]
            self.obey(kind, int(number), payload)

    def obey(self, kind, number, payload):
        if kind == START:
            if os.getppid() != self.worker:
                # It died, and whoever takes over starts what is left to do.
                os._exit(0)
            self.start(number, json.loads(payload.decode('utf-8')))
        elif number in self.channels:
            self.channels[number].write(payload if kind == WRITE else None)

    def start(self, number, wanted):
        streams = {}
        ours, theirs = None, None
        try:
            for kind in (OUT, ERR):
                streams[kind] = os.pipe()
            if wanted['command'] is None:
                ours, theirs = socket.socketpair()
                process = fork(wanted, streams[OUT][1], streams[ERR][1], theirs)
            else:
                process = execute(wanted, streams[OUT][1], streams[ERR][1])
            if wanted['record']:
                record_or_end(wanted['record'], process)
        except (OSError, ValueError) as error:
            for read, _ in streams.values():
                os.close(read)
            if ours is not None:
                ours.close()
            failure = {'code': errno.errorcode.get(getattr(error, 'errno', None), 'EINVAL'), 'message': str(error)}
            send(FAILURE, number, json.dumps(failure).encode())
            return
        finally:
            for _, written in streams.values():
                os.close(written)
            if theirs is not None:
                theirs.close()
        self.numbers[process] = number
        send(PID, number, b'%d' % process)
        self.outputs[number] = {}
        for kind, (read, _) in streams.items():
            self.follow(kind, number, read)
        if ours is not None:
            self.channels[number] = Channel(self, number, ours)

    def follow(self, kind, number, descriptor):
        def pass_on(_=None):
            try:
                chunk = os.read(descriptor, CHUNK)
            except BlockingIOError:
                return
            if not chunk:
                self.selector.unregister(descriptor)
                os.close(descriptor)
                self.outputs.get(number, {}).pop(kind, None)
            send(kind, number, chunk)
        os.set_blocking(descriptor, False)
        self.outputs[number][kind] = pass_on
        self.selector.register(descriptor, selectors.EVENT_READ, pass_on)

    def reap(self, woken):
        os.read(woken, CHUNK)
        while True:
            try:
                process, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if process == 0:
                return
            number = self.numbers.pop(process, None)
            code = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
            if number is not None:
                # What it said goes before the news of its end; a child of it may hold the streams for ever.
                for pass_on in list(self.outputs.pop(number).values()):
                    pass_on()
                send(EXIT, number, b'%d' % code)


class Channel(object):
    """Messages between the worker and one copy of this process, both ways."""

    def __init__(self, spawner, number, connection):
        self.spawner = spawner
        self.number = number
        self.connection = connection
        self.unwritten = bytearray()
        self.hung_up = False
        connection.setblocking(False)
        spawner.selector.register(connection, selectors.EVENT_READ, self.ready)

    def write(self, payload):
        """None hangs up once all is written."""
        if payload is None:
            self.hung_up = True
        else:
            self.unwritten += payload
        self.flush()

    def ready(self, events):
        if events & selectors.EVENT_WRITE:
            self.flush()
        if events & selectors.EVENT_READ and self.number in self.spawner.channels:
            self.read()

    def read(self):
        try:
            chunk = self.connection.recv(CHUNK)
        except BlockingIOError:
            return
        except OSError:
            chunk = b''
        if chunk:
            send(CHANNEL, self.number, chunk)
        else:
            self.close()

    def flush(self):
        try:
            while self.unwritten:
                del self.unwritten[:self.connection.send(self.unwritten)]
            if self.hung_up:
                self.connection.shutdown(socket.SHUT_WR)
        except BlockingIOError:
            pass
        except OSError:
            # The process has ended; what it still said is read first.
            del self.unwritten[:]
        wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if self.unwritten else 0)
        self.spawner.selector.modify(self.connection, wanted, self.ready)

    def close(self):
        self.spawner.selector.unregister(self.connection)
        del self.spawner.channels[self.number]
        self.connection.close()
        send(CHANNEL, self.number, b'')


def send(kind, number, payload):
    frame = b'%s %d %d\n%s' % (kind, number, len(payload), payload)
    try:
        while frame:
            frame = frame[os.write(CONTROL, frame):]
    except OSError:
        os._exit(0)


def execute(wanted, out, err):
    """Starts a program in a session of its own; returns its process id."""
    words = [word.encode('utf-8') for word in [wanted['command']] + wanted['args']]
    env = dict((name.encode('utf-8'), value.encode('utf-8')) for name, value in wanted['env'].items())
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                               cwd=wanted['cwd'].encode('utf-8'), env=env, start_new_session=True)
    # It is waited for together with the others.
    process.returncode = 0
    return process.pid


def fork(wanted, out, err, channel):
    """Starts a copy of this process that runs Python code of a user; returns its process id."""
    preload()
    process = os.fork()
    if process == 0:
        try:
            become(wanted, out, err, channel)
        except BaseException:
            traceback.print_exc()
        finally:
            # It must never come back into the loop.
            os._exit(1)
    return process


def preload():
    if 'cloudify.dispatch' in sys.modules:
        return
    # In place of this file's own directory, which users' code must not see.
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    import cloudify.context  # noqa: F401
    import cloudify.decorators  # noqa: F401
    import cloudify.dispatch  # noqa: F401
    import cloudify.state  # noqa: F401
    import cloudify.workflows.dispatch  # noqa: F401
    if hasattr(gc, 'freeze'):
        # A collection in the copy would touch, and so copy, all the memory that it shares.
        gc.freeze()


def become(wanted, out, err, channel):
    os.setsid()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    null = os.open(os.devnull, os.O_RDONLY)
    for descriptor, place in ((null, 0), (out, 1), (err, 2), (channel.fileno(), CONTROL)):
        os.dup2(descriptor, place)
    os.closerange(CONTROL + 1, 4096)
    os.environ.clear()
    os.environ.update(wanted['env'])
    os.chdir(wanted['cwd'])
    paths = wanted['env'].get('PYTHONPATH', '').split(os.pathsep)
    sys.path[:] = [wanted['cwd']] + paths + [path for path in sys.path[1:] if path not in paths]
    sys.dont_write_bytecode = True
    if 'random' in sys.modules:
        # Copies must not all draw the same numbers.
        sys.modules['random'].seed()
    sys.modules['cloudify.dispatch'].main()


def record_or_end(path, process):
    """A process that no later worker could find must not run."""
    try:
        record(path, process)
    except OSError:
        end(process)
        raise


def end(process):
    """The copy that runs Python code may not have its own group yet."""
    for kill in (os.killpg, os.kill):
        try:
            kill(process, signal.SIGKILL)
        except ProcessLookupError:
            pass


def record(path, process):
    """Notes the process where a later worker looks for what this one left running."""
    line = b'\n' + json.dumps({'group': {'id': process, 'started': start_of(process)}}).encode()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), 0o700, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if os.write(descriptor, line) < len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
    finally:
        os.close(descriptor)


def start_of(process):
    """In clock ticks since boot, as text; None where the system does not tell."""
    try:
        with open('/proc/%d/stat' % process, 'rb') as stat:
            return stat.read().rpartition(b')')[2].split()[19].decode()
    except (OSError, IndexError):
        return None


if __name__ == '__main__':
    Spawner().run()
