namespace AdxFlow.Local.Endpoints.Flow;

/// <summary>The forms that error bodies of Experience Platform have.</summary>
internal enum FlowErrorForm
{
    /// <summary>The API gateway: <c>error_code</c> (a number for an invalid token, otherwise a string) and <c>message</c>.</summary>
    Gateway,

    /// <summary>The Flow Service and the connectors: <c>type</c>, <c>title</c>, <c>status</c>, <c>report</c>, and the older <c>errorMessage</c>.</summary>
    Report,

    /// <summary>An early check of the Flow Service: <c>message</c> alone.</summary>
    Message,

    /// <summary>Other services: <c>type</c>, <c>status</c>, <c>title</c>, <c>detail</c>.</summary>
    Platform,

    /// <summary>The Schema Registry: as the others, with a <c>report</c> of its own.</summary>
    Registry,
}
