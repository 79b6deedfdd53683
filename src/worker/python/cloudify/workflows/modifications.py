"""The deployment of a workflow, and changes of how many instances its nodes have."""
from cloudify.workflows.deployment_views import CloudifyWorkflowNodeInstance


class ModificationNodes(object):
    """Instances that a modification adds or removes, beside those related to them; the former say so by ``modification``."""

    def __init__(self, ctx, views):
        self._instances = [CloudifyWorkflowNodeInstance(ctx, view) for view in views]

    @property
    def node_instances(self):
        return iter(self._instances)

    @property
    def nodes(self):
        return iter(dict((instance.node_id, instance.node) for instance in self._instances).values())

    def get_node_instance(self, node_instance_id):
        return next((each for each in self._instances if each.id == node_instance_id), None)


class Modification(object):
    """A change of the number of instances, between its start and its end."""

    def __init__(self, ctx, described):
        self._ctx = ctx
        self.id = described['id']
        self.added = ModificationNodes(ctx, described['added'])
        self.removed = ModificationNodes(ctx, described['removed'])

    def finish(self):
        """The added instances stay, the removed ones are deleted."""
        self._ctx.channel.call('finish-modification', modification=self.id)

    def rollback(self):
        """All is as it was before."""
        self._ctx.channel.call('rollback-modification', modification=self.id)


class WorkflowDeploymentContext(object):
    def __init__(self, ctx, described):
        self._ctx = ctx
        self.id = described['id']
        self.display_name = described['displayName']
        self.creator = described['createdBy']
        self.resource_tags = described['resourceTags']
        self.scaling_groups = described['scalingGroups']

    def start_modification(self, nodes):
        """``{node or scaling group: {'instances': number}}``; what comes and goes is in the answer."""
        modification = self._ctx.channel.call('start-modification', nodes=nodes)
        self._ctx.refresh_node_instances()
        return Modification(self._ctx, modification)

    def list_started_modifications(self):
        return [Modification(self._ctx, each) for each in self._ctx.channel.call('started-modifications')]
