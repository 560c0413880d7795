namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Reads ingestion properties by name, whatever its case.</summary>
internal abstract class PropertyReader
{
    /// <summary>The value, or null where it is missing.</summary>
    public abstract string? Text(string name);

    /// <summary>The value, or false where it is missing.</summary>
    public abstract bool Flag(string name);

    /// <summary>The values, or none where it is missing.</summary>
    public abstract IReadOnlyList<string> List(string name);

    public static ServiceException Malformed(string name, string why) =>
        ServiceException.BadRequest($"Ingestion property '{name}' is malformed: {why}.", "BadRequest_MalformedIngestionProperty");
}
