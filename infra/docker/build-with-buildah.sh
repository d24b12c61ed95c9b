#!/bin/sh
# Builds the images where there is no Docker engine, only buildah (apt-get install buildah crun):
#
#   sh infra/docker/build-with-buildah.sh [TARGET...]
#
# BUILDAH may carry options of buildah itself, BUILD_OPTIONS those of a build (--isolation chroot within a container).
set -eu
root="$(cd "$(dirname "$0")/../.." && pwd)"
[ "$#" -gt 0 ] || set -- collector evaluator notifier api cli

for target in "$@"; do
  # The format of Docker, because that of OCI has no health check.
  # shellcheck disable=SC2086 -- the options are words
  ${BUILDAH:-buildah} bud --format docker ${BUILD_OPTIONS:-} \
    --file "$root/infra/docker/Dockerfile" --ignorefile "$root/infra/docker/Dockerfile.dockerignore" \
    --target "$target" --tag "ecr-audit/$target:0.1.0" "$root"
done
