#!/bin/bash
rm -f "$(ctx instance runtime-properties path)"
