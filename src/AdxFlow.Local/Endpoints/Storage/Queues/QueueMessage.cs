namespace AdxFlow.Local.Endpoints.Storage.Queues;

/// <summary>A message in a queue.</summary>
internal sealed record QueueMessage(string Text, DateTime InsertedOn)
{
    public string Id { get; init; } = Guid.NewGuid().ToString();

    public DateTime ExpiresOn => InsertedOn.AddDays(7);

    /// <summary>Proves that one received the message last, which deleting it asks for.</summary>
    public string PopReceipt { get; init; } = Guid.NewGuid().ToString("N");

    public DateTime VisibleOn { get; init; } = InsertedOn;

    public int DequeueCount { get; init; }
}
