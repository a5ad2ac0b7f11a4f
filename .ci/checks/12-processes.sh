#!/usr/bin/env bash
# minutes: 5
# Real processes: killed at real moments, robbed of their files, watched by the demo, and used from a shell.
exec npm run --silent test:processes
