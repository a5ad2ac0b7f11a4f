#!/usr/bin/env bash
# minutes: 4
# Three instances of the service on one EventStoreDB, whose leaders are killed and frozen.
exec npm run --silent test:instances
