#!/bin/bash
# Holds its operation until the file appears.
ctx logger info "waiting at $gate"
until [ -e "$gate" ]; do sleep 0.02; done
