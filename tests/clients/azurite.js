// Azurite, Microsoft's own emulator of storage, as the tests want it: in memory, on free ports of loopback, over https, telling
// nobody, and gone with whoever started it. Arguments: the files of the certificate and of its key. Azurite writes on stdout
// where its three services listen.
'use strict';

const [certificate, key] = process.argv.splice(2);
process.argv.push(
    '--inMemoryPersistence', '--disableTelemetry', '--silent', '--skipApiVersionCheck',
    '--blobPort', '0', '--queuePort', '0', '--tablePort', '0', '--cert', certificate, '--key', key);

// A process that is killed closes its pipes too, so that this one never stays behind.
process.stdin.on('end', () => process.exit()).resume();

require('azurite/dist/src/azurite');
