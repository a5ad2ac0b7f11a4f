#!/usr/bin/env bash
# minutes: 3
# The commands as they are used from a shell, each a process of its own.
exec npm run --silent test:cli
