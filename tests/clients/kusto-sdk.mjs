// Microsoft's own Kusto clients, unmodified. One JSON object a line on stdin:
//
//   { "do": "execute", "cluster": "http://...", "token": "..."?, "database": "...", "text": "..." }
//   { "do": "ingest", "how": "queued" | "streaming" | "managed", "cluster": "http://...", "token": "..."?, "file": "...",
//     "id": "..."?, "size": 123?, "mapping": [{ "column": "...", "type": "...", "ordinal": 1, "path": "$.x" }]?, "properties": { ... } }
//   { "do": "report", "cluster": "http://..." }       takes a message from each of the queues for reports
//
// and one a line on stdout, in the same order: { "result": ... } or { "error": "...", "status": 403, "body": ... }.
import { createInterface } from 'node:readline';
import { Client, KustoConnectionStringBuilder } from 'azure-kusto-data';
import {
    CsvColumnMapping, FileDescriptor, IngestClient, IngestStatusQueues, IngestionProperties, JsonColumnMapping, ManagedStreamingIngestClient, StreamingIngestClient,
} from 'azure-kusto-ingest';

function connection({ cluster, token }) {
    return token ? KustoConnectionStringBuilder.withAccessToken(cluster, token) : new KustoConnectionStringBuilder(cluster);
}

const clients = {
    queued: (request) => new IngestClient(connection(request)),
    streaming: (request) => new StreamingIngestClient(connection(request)),
    managed: (request) => new ManagedStreamingIngestClient(connection(request), connection(request)),
};

function columnMapping({ column, type, ordinal, path }) {
    return path === undefined ? CsvColumnMapping.withOrdinal(column, ordinal, type) : JsonColumnMapping.withPath(column, path, type);
}

const actions = {
    async execute(request) {
        const client = new Client(connection(request));
        try {
            const [table] = (await client.execute(request.database, request.text)).primaryResults;
            return { columns: table.columns.map(({ name, type }) => ({ name, type })), rows: [...table.rows()].map((row) => row.toJSON()) };
        } finally {
            client.close();
        }
    },

    async ingest(request) {
        const client = clients[request.how](request);
        try {
            const mapping = request.mapping ? { ingestionMappingColumns: request.mapping.map(columnMapping) } : {};
            const properties = new IngestionProperties({ ...request.properties, ...mapping });
            const result = await client.ingestFromFile(new FileDescriptor(request.file, request.id, request.size), properties);
            // A queued ingestion tells its status; a streamed one gives the service's answer.
            return result.getIngestionStatusCollection ? { queued: await result.getIngestionStatusCollection() } : { streamed: result };
        } finally {
            client.close();
        }
    },

    async report(request) {
        const client = clients.queued(request);
        try {
            const queues = new IngestStatusQueues(client);
            return { failures: await queues.failure.pop(), successes: await queues.success.pop() };
        } finally {
            client.close();
        }
    },
};

// What is asked next has to wait: the answers come in the order of the questions.
for await (const line of createInterface({ input: process.stdin })) {
    let answer;
    try {
        const request = JSON.parse(line);
        answer = { result: await actions[request.do](request) };
    } catch (error) {
        answer = { error: `${error?.message ?? error}`, status: error?.response?.status ?? null, body: error?.response?.data ?? null };
    }
    process.stdout.write(JSON.stringify(answer) + '\n');
}
