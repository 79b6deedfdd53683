"""The line to the worker: JSON messages over the socket that this process got as its descriptor 3.

Only this file reads and writes it. What user code prints goes to standard output, which is another line.
"""
import json
import os
import threading

DESCRIPTOR = 3


class CallFailed(Exception):
    """The worker could not do what it was asked for."""

    def __init__(self, kind, message):
        super(CallFailed, self).__init__(message)
        self.kind = kind


class Channel(object):
    def __init__(self, descriptor=DESCRIPTOR):
        os.set_inheritable(descriptor, False)
        self._reader = os.fdopen(descriptor, 'rb', closefd=False)
        self._descriptor = descriptor
        self._writing = threading.Lock()
        self._calls = {}
        self._last_call = 0
        self._listening = False
        #: Gets every message that is not the answer to a call.
        self.on_message = lambda message: None
        #: Called when the worker is gone.
        self.on_close = lambda: os._exit(1)

    def first(self):
        return json.loads(self._reader.readline().decode('utf-8'))

    def send(self, message):
        line = json.dumps(message).encode('ascii') + b'\n'
        with self._writing:
            while line:
                line = line[os.write(self._descriptor, line):]

    def call(self, _request, **arguments):
        """Asks the worker and waits for its answer."""
        self.listen()
        answered = threading.Event()
        with self._writing:
            self._last_call += 1
            number = self._last_call
        waiting = self._calls[number] = [answered, None]
        self.send(dict(arguments, call=_request, id=number))
        answered.wait()
        answer = waiting[1]
        if answer.get('error'):
            raise CallFailed(answer['error']['type'], answer['error']['message'])
        return answer.get('result')

    def finish(self, message):
        """Sends the last message, and waits until the worker has it: a line that is closed early loses what is on it."""
        closed = threading.Event()
        self.on_close = closed.set
        self.send(message)
        self.listen()
        closed.wait()

    def listen(self):
        """Starts to receive, once."""
        with self._writing:
            if self._listening:
                return
            self._listening = True
        thread = threading.Thread(target=self._receive, name='worker-channel')
        thread.daemon = True
        thread.start()

    def _receive(self):
        for line in self._reader:
            message = json.loads(line.decode('utf-8'))
            waiting = self._calls.pop(message.get('reply'), None)
            if waiting is None:
                self.on_message(message)
            else:
                waiting[1] = message
                waiting[0].set()
        self.on_close()
