#!/bin/bash
# Makes the guest book, and remembers where it is.
set -e
file="$PWD/$(ctx node properties file)"
echo "guests of $(ctx deployment id)" > "$file"
ctx instance runtime-properties path "$file"
ctx logger info "The guest book is $file"
