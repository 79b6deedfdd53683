#!/bin/bash
rm -f "$(ctx instance runtime-properties configuration)"
echo "$(ctx instance id) has stopped"
