#!/bin/bash
ctx logger info "runs all the same"
