#!/usr/bin/env bash
# minutes: 5
# Real processes: killed at real moments, robbed of their files, and watched by the demo.
exec npm run --silent test:processes
