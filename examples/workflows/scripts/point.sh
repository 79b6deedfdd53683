#!/bin/bash
# A relationship's operation has two ends instead of one instance.
set -e
ctx source instance runtime-properties database "$(ctx target instance id)"
echo "$(ctx source node id) $(ctx source instance index) uses $(ctx target node id)"
