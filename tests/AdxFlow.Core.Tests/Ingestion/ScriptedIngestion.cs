using AdxFlow.Core.Tests.Http;
using AdxFlow.Http;

namespace AdxFlow.Core.Tests.Ingestion;

/// <summary>An ingestion service or storage whose answers the test writes by hand.</summary>
internal static class ScriptedIngestion
{
    /// <summary>A server that gives these answers one after the other, and the last one for ever.</summary>
    public static ScriptedServer Answering(params string[] bodies)
    {
        int next = -1;
        return new ScriptedServer(_ => bodies[Math.Min(Interlocked.Increment(ref next), bodies.Length - 1)]);
    }

    /// <summary>A connection to it that nobody had to make: no request has been sent.</summary>
    public static AdxConnection Connection(this ScriptedServer server) =>
        new(server.Uri, server.Uri, "D b", AdxSignInKind.Local, null, ServicePipelines.Create(ScriptedServer.QuickRetries));
}
