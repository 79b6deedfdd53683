"""Workflows that wait for a file, and workflows that go wrong."""
import os
import subprocess
import sys
import time

from cloudify.decorators import workflow
from cloudify.workflows import api
from cloudify.workflows.tasks_graph import make_or_get_graph


@workflow
def wait_for_gate(ctx, gate, times, **_):
    """Ends when the file appears, or when it is asked to stop."""
    ctx.logger.info('waiting for the gate %d times' % times)
    while not os.path.exists(gate):
        if api.has_cancel_request():
            ctx.logger.info('stopping at the gate')
            raise api.ExecutionCancelled()
        time.sleep(0.02)
    ctx.logger.info('through the gate')


@workflow(resumable=True)
def fail_once(ctx, gate, **_):
    """Its second operation fails for good while the file is missing."""
    steps(ctx, gate, name='steps').execute()


@make_or_get_graph
def steps(ctx, gate):
    graph = ctx.graph_mode()
    sequence = graph.sequence()
    for node in ctx.nodes:
        for instance in node.instances:
            sequence.add(
                instance.send_event('first step'),
                instance.execute_operation('trials.fail', kwargs={'gate': gate}, allow_kwargs_override=True),
            )
    return graph


@workflow
def raise_error(ctx, **_):
    raise ValueError('no such luck')


@workflow
def print_binary(ctx, **_):
    sys.stdout.buffer.write(b'\xff\xfe\x00binary\x80\n')
    sys.stdout.flush()


@workflow
def print_much(ctx, **_):
    for number in range(100000):
        print('%07d %s' % (number, 'x' * 92))


@workflow
def never_end(ctx, **_):
    ctx.logger.info('never ending')
    while True:
        time.sleep(60)


@workflow
def leave_child(ctx, pid_file, **_):
    child = subprocess.Popen(['sleep', '600'])
    with open(pid_file, 'w') as file:
        file.write(str(child.pid))
