# The service in a container: built with everything in, run as nobody in particular.

# What the dependencies follow from: the manifests, and programs and libraries with nothing in them. The next
# stage takes this by its contents, so that a change of our code does not build the dependencies again.
FROM rust:1.95-bookworm@sha256:6258907abe69656e41cd992e0b705cdcfabcbbe3db374f92ed2d47121282d4a1 AS manifests
WORKDIR /build
COPY . .
RUN find . -type f ! -name Cargo.toml ! -name Cargo.lock ! -path '*/src/main.rs' ! -path '*/src/lib.rs' \
        ! -path './benches/*.rs' -delete \
    && find . -name '*.rs' -exec sh -c 'for file; do echo "fn main() { }" > "$file"; done' sh {} + \
    && find . -name lib.rs -exec truncate --size 0 {} + \
    && find . -type d -empty -delete

FROM rust:1.95-bookworm@sha256:6258907abe69656e41cd992e0b705cdcfabcbbe3db374f92ed2d47121282d4a1 AS build
WORKDIR /build
COPY --from=manifests /build .
RUN cargo build --profile dist --locked --features full
COPY . .
# Newer than what was built from nothing.
RUN find . -name '*.rs' -exec touch {} + && rustup target add wasm32-unknown-unknown \
    && engine="$(.ci/wasm)" && TREDE_ENGINE="$engine" cargo build --profile dist --locked --features full

FROM debian:bookworm-slim@sha256:88200866dfff7ea7f5cbcb6ec7c8a701889efe6fe859fe64d6990e4b07ea4171
RUN useradd --system --uid 10001 --home-dir /data --create-home trede
COPY --from=build /build/target/dist/trede /usr/local/bin/trede
USER trede
WORKDIR /data
VOLUME /data
ENV DATABASE_URL=sqlite:///data/trede.db TREDE_BIND=0.0.0.0:8080
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["trede"]
CMD ["serve"]
