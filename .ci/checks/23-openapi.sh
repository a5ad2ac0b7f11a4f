#!/usr/bin/env bash
# minutes: 1
exec npm run lint:api
