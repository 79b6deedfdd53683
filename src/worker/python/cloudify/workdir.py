"""The deployment's own directory: where its operations start, and where they leave files for each other.

Operations run where the server is, so there is nothing to download or upload; the functions that do so elsewhere
return at once.
"""
import os
import shutil
from contextlib import contextmanager


class DeploymentWorkdir(object):
    """Part of the contexts of operations and workflows; ``_workdir`` is the directory."""

    def local_deployment_workdir(self):
        """The path of the directory."""
        return self._workdir

    def download_deployment_workdir(self):
        return self._workdir

    def upload_deployment_workdir(self):
        pass

    @contextmanager
    def sync_deployment_workdir(self):
        yield self._workdir

    def upload_deployment_file(self, target_file_path, src_file, src_file_mtime=None):
        """Puts a file, by its path or open for reading, into the directory."""
        target = self._inside(target_file_path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if hasattr(src_file, 'read'):
            with open(target, 'wb') as copied:
                shutil.copyfileobj(src_file, copied)
        else:
            shutil.copyfile(src_file, target)
        if src_file_mtime is not None:
            os.utime(target, (src_file_mtime, src_file_mtime))

    def delete_deployment_file(self, file_path):
        os.unlink(self._inside(file_path))

    def _inside(self, path):
        target = os.path.realpath(os.path.join(self._workdir, path))
        if not target.startswith(os.path.realpath(self._workdir) + os.sep):
            raise ValueError('%s is outside of the deployment directory' % path)
        return target
