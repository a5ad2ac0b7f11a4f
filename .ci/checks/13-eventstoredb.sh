#!/usr/bin/env bash
# minutes: 4
# The log on an EventStoreDB: a small one of our own over real gRPC, since no server can be installed here.
exec npm run --silent test:eventstoredb
