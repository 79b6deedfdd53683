#!/bin/sh
ctx logger info "the script has run"
ctx instance runtime-properties made yes
