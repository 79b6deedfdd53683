#!/bin/bash
# Fails for good while the file is missing.
[ -e "$gate" ] || { ctx abort-operation "$gate is missing"; exit 1; }
ctx returns done
