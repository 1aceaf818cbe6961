# The service in a container: built with everything in, run as nobody in particular.

FROM rust:1.95-bookworm AS build
WORKDIR /build
COPY Cargo.toml Cargo.lock ./
# The dependencies alone first: a change of our code does not build them again.
RUN mkdir -p src benches \
    && echo 'fn main() {}' > src/main.rs \
    && touch src/lib.rs \
    && sed -i '/^\[\[bench\]\]/,$d' Cargo.toml \
    && cargo build --profile dist --locked
COPY . .
RUN touch src/main.rs src/lib.rs && cargo build --profile dist --locked

FROM debian:bookworm-slim
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
