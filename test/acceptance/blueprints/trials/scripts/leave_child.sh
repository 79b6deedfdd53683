#!/bin/bash
# Ends, and leaves a process behind that holds its output open.
sleep 600 &
echo $! > "$pid_file"
