#!/bin/bash
# Starts a service in the background, which holds the output of this script open.
sleep 600 &
echo $! > "$pid_file"
