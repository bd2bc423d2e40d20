# Two stages: pages and wheel are built in the first; the second holds Python, the wheel and nothing to build with.
FROM python:3.11-slim-bookworm AS build
WORKDIR /src
RUN apt-get update && apt-get install -y --no-install-recommends make git && rm -rf /var/lib/apt/lists/*
COPY . .
RUN tools/setup.sh demo && .venv/bin/uv build -q --wheel -o /dist \
 && .venv/bin/uv export -q --frozen --no-default-groups --no-emit-project -o /dist/requirements.txt

FROM python:3.11-slim-bookworm
# pg_dump and pg_restore: `puente backup` of a PostgreSQL calls them.
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/*
COPY --from=build /dist /dist
RUN pip install --no-cache-dir --require-hashes -r /dist/requirements.txt \
 && pip install --no-cache-dir --no-deps /dist/*.whl && rm -r /dist \
 && useradd --system --uid 10001 --home /data puente && install -d -o puente -m 700 /data
USER puente
ENV PUENTE_DATA=/data PUENTE_HOST=0.0.0.0
VOLUME /data
EXPOSE 8710
HEALTHCHECK CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8710/livez', timeout=3)"]
CMD ["puente", "serve"]
