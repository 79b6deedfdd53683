#!/bin/bash
# An operation of a relationship sees both of its ends.
set -e
ctx source instance runtime-properties guest_book "$(ctx target instance runtime-properties path)"
echo "$(ctx source instance id) writes to $(ctx target instance id)"
