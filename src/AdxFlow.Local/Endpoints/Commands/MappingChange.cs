namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>What a command does with a mapping of a name.</summary>
internal enum MappingChange
{
    /// <summary>Makes it; one that is there is an error.</summary>
    Create,

    /// <summary>Replaces it; one that is not there is an error.</summary>
    Alter,

    /// <summary>Makes or replaces it.</summary>
    CreateOrAlter,
}
