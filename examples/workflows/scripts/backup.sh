#!/bin/bash
# Inputs are environment variables; what is printed becomes log lines.
set -e
file="$PWD/$(ctx instance id).backup"
echo "writing $rows rows"
echo "$rows rows of $(ctx deployment id)" > "$file"
ctx instance runtime-properties backup "$file"
ctx logger info "The backup is complete"
ctx returns "$file"
