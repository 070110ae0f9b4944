# One image, one command per role. Build the jars first: mvn -q -B -pl launcher -am -DskipTests package
FROM eclipse-temurin:25-jre

RUN useradd --system --uid 10001 --create-home --home-dir /data ajbus
COPY launcher/target/lib /opt/ajbus/lib
COPY launcher/target/ajbus.jar /opt/ajbus/ajbus.jar

USER ajbus
WORKDIR /data
VOLUME /data
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "/opt/ajbus/ajbus.jar"]
