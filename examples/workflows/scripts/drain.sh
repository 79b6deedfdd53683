#!/bin/bash
echo "$(ctx node id) $(ctx instance index) takes no more requests"
