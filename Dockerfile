# One image for all roles: `ajbus router`, `ajbus dispatcher`, ... Build the jars first: mvn -q -B -pl launcher -am -DskipTests package
FROM eclipse-temurin:25-jre AS jars
COPY launcher/target/lib /lib-all
COPY launcher/target/ajbus.jar /ours/
# What others made changes rarely and is a layer of its own.
RUN mkdir -p /ours/lib && mv /lib-all/*-SNAPSHOT.jar /ours/lib/

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --no-create-home --home-dir /data ajbus \
 && install -d -o ajbus -g ajbus -m 700 /data /keys
COPY --from=jars /lib-all /opt/ajbus/lib
COPY docker/ /usr/local/bin/
COPY --from=jars /ours /opt/ajbus

# Where roles keep what they need not keep: state that is in Kafka too, and SQLite's file. The rest may be read-only, but for /tmp.
VOLUME /data
WORKDIR /data
USER ajbus
ENV AJ_BUS_OPS_PORT=8081
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=5s --start-period=120s --start-interval=1s --retries=3 CMD ["healthy"]
ENTRYPOINT ["ajbus"]
