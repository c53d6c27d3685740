# askwire with its models. Build: docker build -t askwire . – and see compose.yaml for how it runs.
# The steps are in scripts/image-steps, which runs them without a container engine, too.
FROM python:3.11-slim-bookworm AS build
ARG EXTRAS=""
# The local models whose weights are in the image, as in CHAT_MODEL. Gemma is under Google's Gemma Terms of Use
# (https://ai.google.dev/gemma/terms). Empty: none; they are fetched into the cache at the first start.
ARG WEIGHTS="local:gemma-3-270m"
COPY . /src
RUN EXTRAS="$EXTRAS" /src/scripts/image-steps install
# A step of its own, so that other weights need no other installation.
# hadolint ignore=DL3059
RUN WEIGHTS="$WEIGHTS" /src/scripts/image-steps weights

FROM python:3.11-slim-bookworm
# What the language model's engine links to; the version is the Debian release's.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libgomp1 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 askwire \
    && useradd --system --uid 10001 --gid askwire --home-dir /data --no-create-home --shell /usr/sbin/nologin askwire \
    && install --directory --owner=askwire --group=askwire --mode=0700 /data
COPY --from=build /opt/askwire /opt/askwire
ENV PATH=/opt/askwire/venv/bin:$PATH \
    ASKWIRE_DATA_DIR=/data \
    XDG_CACHE_HOME=/opt/askwire/cache \
    METRICS_LISTEN=127.0.0.1:9100 \
    PYTHONUNBUFFERED=1
VOLUME /data
WORKDIR /data
USER 10001:10001
HEALTHCHECK --interval=30s --timeout=10s --start-period=180s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['METRICS_LISTEN'].rpartition(':')[2] + '/healthz', timeout=8)"]
ENTRYPOINT ["askwire"]
CMD ["run"]
