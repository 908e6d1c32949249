// Runs before `npm start` on whatever Node the machine has: says the one command that mends a missing or wrong Node 24.
const major = Number(process.versions.node.split(".")[0]);
if (major < 24) {
  console.error(
    `OpenSàn runs on Node 24, which comes with its packages; this is Node ${process.versions.node}.\nRun:  npm ci`,
  );
  process.exit(1);
}
