[assembly: AssemblyFixture(typeof(AdxFlow.Clients.Tests.Storage.AzuriteServer))]

namespace AdxFlow.Clients.Tests.Storage;

/// <summary>Azurite, Microsoft's emulator of storage, in one process for all tests; the first that needs it starts it.</summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    private readonly Lazy<NodeProgram> _program = new(static () => new NodeProgram("azurite.js", [StorageCertificate.Shared.CertificateFile, StorageCertificate.Shared.KeyFile]));
    private readonly Lazy<Task<AzuriteStorage>> _storage;

    /// <summary>Starts nothing yet.</summary>
    public AzuriteServer() => _storage = new(StartAsync);

    /// <summary>Its storage account. The test is skipped where there is no Node.</summary>
    internal async Task<AzuriteStorage> StorageAsync()
    {
        await NodeMachine.SkipIfMissingAsync();
        return await _storage.Value;
    }

    /// <summary>Ends it, and everything in it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_storage is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            (await _storage.Value).Dispose();
        if (_program.IsValueCreated)
            await _program.Value.DisposeAsync();
    }

    private async Task<AzuriteStorage> StartAsync()
    {
        var addresses = new Dictionary<string, Uri>();
        while (addresses.Count < 3)
        {
            // Azurite Blob service is successfully listening at https://127.0.0.1:36335
            string[] words = (await _program.Value.ReadLineAsync(CancellationToken.None)).Split(' ');
            if (words is ["Azurite", var service, "service", "is", "successfully", "listening", "at", var address])
                addresses.Add(service, new Uri(address));
        }
        return new AzuriteStorage(addresses["Blob"], addresses["Queue"], addresses["Table"]);
    }
}
