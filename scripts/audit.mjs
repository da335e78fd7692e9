// What is known of our dependencies: npm's audit, RustSec's, withdrawn crates, and every licence.
//
// Advisories stand on servers that not every machine reaches. Where one cannot be asked, that is said, and in CI (the
// variable CI, which GitHub sets) it is a failure: unasked is not sound.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const problems = [];
const unasked = [];

function run(command, given) {
  const { error, status, stdout, stderr } = spawnSync(command, given, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { isMissing: error?.code === 'ENOENT', status, stdout: stdout ?? '', stderr: stderr ?? '' };
}

function lastLine(text) {
  return text.trim().split('\n').at(-1) ?? '';
}

function npm() {
  const { stdout } = run('npm', ['audit', '--json']);
  let report = {};
  try {
    report = JSON.parse(stdout);
  } catch {
    // An answer that is none.
  }
  if (!report.metadata) {
    unasked.push(`npm's registry did not answer an audit (${report.message ?? 'no answer'})`);
    return;
  }
  for (const [name, { severity }] of Object.entries(report.vulnerabilities))
    problems.push(`${name}: ${severity} (npm audit)`);
  console.log(`npm audit: ${report.metadata.dependencies.total} packages asked for`);
}

function rustSec() {
  if (run('cargo', ['audit', '--version']).status !== 0) {
    unasked.push(
      'cargo-audit is not installed (cargo install cargo-audit --locked), which reads RustSec’s advisories',
    );
    return;
  }
  const { status, stdout, stderr } = run('cargo', ['audit', '--json']);
  let report = {};
  try {
    report = JSON.parse(stdout);
  } catch {
    // It could not fetch its advisories.
  }
  if (!report.vulnerabilities) {
    unasked.push(`RustSec’s advisories could not be fetched (${lastLine(stderr)})`);
    return;
  }
  for (const { advisory, package: crate } of report.vulnerabilities.list)
    problems.push(`${crate.name} ${crate.version}: ${advisory.id} ${advisory.title}`);
  if (status !== 0 && report.vulnerabilities.list.length === 0)
    problems.push(`cargo audit: ${lastLine(stderr)}`);
  console.log(`cargo audit: ${report.lockfile['dependency-count']} crates asked for`);
}

/** The crate as it would be published; the registry says of each crate in the lock whether it was withdrawn. */
function crate() {
  const { status, stderr } = run('cargo', ['publish', '--dry-run', '--locked', '--allow-dirty']);
  const withdrawn = stderr.split('\n').filter((line) => line.includes('is yanked'));
  problems.push(...withdrawn);
  if (status !== 0) problems.push(`the crate cannot be published: ${stderr.trim()}`);
  else console.log(`cargo publish --dry-run: passes, ${withdrawn.length} withdrawn crates`);
}

function licences() {
  const { status, stderr } = run('node', ['scripts/licences.mjs', '--check']);
  if (status !== 0) problems.push(stderr.trim());
  else console.log('licences: all accepted, and listed as shipped');
}

npm();
rustSec();
crate();
licences();
for (const sentence of unasked) console.error(`not asked: ${sentence}`);
for (const problem of problems) console.error(`problem: ${problem}`);
process.exit(problems.length > 0 || (process.env.CI && unasked.length > 0) ? 1 : 0);
