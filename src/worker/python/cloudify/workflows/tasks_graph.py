"""Graphs of tasks: built here, run by the worker's engine."""
from functools import wraps

from cloudify.exceptions import WorkflowFailed
from cloudify.workflows import api, tasks


class forkjoin(object):
    """Tasks of one step of a sequence: they run side by side, and the next step waits for all of them."""

    def __init__(self, *members):
        self.tasks = members


class TaskSequence(object):
    """Steps one after another; each waits for the whole of the one before."""

    def __init__(self, graph):
        self._graph = graph
        self.last_fork_join_tasks = None

    def add(self, *steps):
        for step in steps:
            members = step.tasks if isinstance(step, forkjoin) else [step]
            members = [member for member in members if member is not None]
            if not members:
                continue
            for member in members:
                self._graph.add_task(member)
                for previous in self.last_fork_join_tasks or []:
                    self._graph.add_dependency(member, previous)
            self.last_fork_join_tasks = members
        return self


class _Holder(object):
    """What the graph and its subgraphs have in common."""

    @property
    def root(self):
        """The graph itself."""
        return self._root()

    def add_task(self, task):
        self._root().tasks_by_id[task.id] = task
        if self._container() is not None:
            task.containing_subgraph = self._container()

    def add_dependency(self, source, target):
        """``source`` waits for ``target``."""
        known = self._root().tasks_by_id
        for task in (source, target):
            if task.id not in known:
                raise RuntimeError('%r is not in the graph: add it before it gets a dependency' % task)
        if source.id != target.id:
            source.dependencies.add(target.id)

    def remove_dependency(self, source, target):
        source.dependencies.discard(target.id)

    def remove_task(self, task):
        root = self._root()
        root.tasks_by_id.pop(task.id, None)
        for other in root.tasks_by_id.values():
            other.dependencies.discard(task.id)

    def get_task(self, task_id):
        return self._root().tasks_by_id.get(task_id)

    def has_dependents(self, task):
        return any(task.id in other.dependencies for other in self._root().tasks_by_id.values())

    def subgraph(self, name):
        task = SubgraphTask(self._root(), name)
        self.add_task(task)
        return task

    def sequence(self):
        return TaskSequence(self)


class TaskDependencyGraph(_Holder):
    def __init__(self, ctx, name=None):
        self.ctx = ctx
        self.name = name
        self.tasks_by_id = {}
        self._stored = False
        #: Read back from an earlier run of the execution: the worker has its tasks.
        self._restored = False

    def _root(self):
        return self

    def _container(self):
        return None

    @property
    def tasks(self):
        return list(self.tasks_by_id.values())

    def tasks_iter(self):
        return iter(self.tasks)

    def optimize(self):
        """Takes out tasks that do nothing; what waited for them waits for what they waited for."""
        for task in self.tasks:
            if not task.is_nop() or task.on_success or task.on_failure:
                continue
            dependencies = set(task.dependencies)
            for other in self.tasks:
                if task.id in other.dependencies:
                    other.dependencies |= dependencies
            self.remove_task(task)

    def linearize(self):
        """The tasks in an order in which each comes after all that it waits for."""
        done, order = set(), []

        def visit(task):
            if task.id in done:
                return
            done.add(task.id)
            for dependency in sorted(task.dependencies):
                if dependency in self.tasks_by_id:
                    visit(self.tasks_by_id[dependency])
            order.append(task)

        for task in self.tasks:
            visit(task)
        return order

    def described(self):
        return [task.described() for task in self.tasks]

    def store(self, name, optimize=True):
        """Keeps the graph with the execution, so that a resume goes on where it stopped."""
        if optimize:
            self.optimize()
        self.name = name
        if self.ctx.dry_run:
            return
        self.ctx.channel.call('store-graph', name=name, tasks=self.described())
        self._stored = True

    def execute(self):
        """Runs the graph to its end. Raises WorkflowFailed or ExecutionCancelled."""
        known = [] if self._stored else self.described()
        outcome = self.ctx.run_graph(self, known)
        self.tasks_by_id.clear()
        if outcome['status'] == 'cancelled':
            raise api.ExecutionCancelled()
        if outcome['status'] == 'failed':
            raise WorkflowFailed(outcome['error'])


class SubgraphTask(_Holder, tasks.WorkflowTask):
    def __init__(self, graph, name):
        tasks.WorkflowTask.__init__(self, graph.ctx, name, {'type': 'SubgraphTask'}, total_retries=0)
        self.graph = graph
        #: The task that made it fail, for its handler.
        self.failed_task = None

    def _root(self):
        return self.graph

    def _container(self):
        return self

    @property
    def tasks(self):
        return dict((task.id, task) for task in self.graph.tasks if task.containing_subgraph is self)

    def is_nop(self):
        return all(task.is_nop() for task in self.tasks.values())


def adopt_tasks(holder, described):
    """Adds tasks that the worker has made, a subgraph with all that is in it, to a graph or subgraph; returns the first."""
    made = {}
    for each in described:
        task = _made(holder.root, each)
        made[task.id] = task
        made.get(each['subgraph'], holder).add_task(task)
    return made[described[0]['id']]


def _made(graph, described):
    if described['work']['type'] == 'SubgraphTask':
        task = SubgraphTask(graph, described['name'])
    else:
        call = described['work'].get('call', described['work'])
        task = tasks.WorkflowTask(graph.ctx, described['name'], described['work'],
                                  graph.ctx.get_node_instance(call.get('nodeInstanceId')))
    task.id = described['id']
    task.dependencies = set(described['dependencies'])
    task.total_retries, task.retry_interval = described['totalRetries'], described['retryInterval']
    task.send_task_events, task.info, task.record = described['sendTaskEvents'], described['info'], described['record']
    task.success_policy, task.failure_policy = described['onSuccess'], described['onFailure']
    return task


def make_or_get_graph(build):
    """The decorated function builds a graph; ``name=`` keeps it, and a resumed execution gets the kept one instead."""

    @wraps(build)
    def wrapper(ctx, *args, **kwargs):
        name = kwargs.pop('name')
        if ctx.dry_run:
            return build(ctx, *args, **kwargs)
        if ctx.channel.call('find-graph', name=name):
            graph = ctx.graph_mode()
            graph.name, graph._stored, graph._restored = name, True, True
            return graph
        graph = build(ctx, *args, **kwargs)
        graph.store(name)
        return graph

    return wrapper
