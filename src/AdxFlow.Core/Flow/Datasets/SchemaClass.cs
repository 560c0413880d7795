namespace AdxFlow.Flow;

/// <summary>The classes that schemas are made of most. Source: <see href="https://experienceleague.adobe.com/en/docs/experience-platform/xdm/schema/composition"/>.</summary>
internal static class SchemaClass
{
    /// <summary>What a row is about: one of somebody or something.</summary>
    public const string Profile = "https://ns.adobe.com/xdm/context/profile";

    /// <summary>What has happened at a time; its rows need <c>_id</c> and <c>timestamp</c>.</summary>
    public const string ExperienceEvent = "https://ns.adobe.com/xdm/context/experienceevent";

    /// <summary>The <c>$id</c> of a class, from its name or itself.</summary>
    /// <exception cref="FlowException"><c>FlowClassInvalid</c>: it is neither.</exception>
    public static string Id(string nameOrId) => nameOrId.ToUpperInvariant() switch
    {
        "PROFILE" => Profile,
        "EXPERIENCEEVENT" => ExperienceEvent,
        _ when Uri.TryCreate(nameOrId, UriKind.Absolute, out Uri? id) && id.Scheme == Uri.UriSchemeHttps => nameOrId,
        _ => throw FlowRefusal.Of("FlowClassInvalid", $"'{nameOrId}' is no class of schemas.", "Give Profile, ExperienceEvent, or the $id of a class, such as https://ns.adobe.com/acme/classes/….")
    };
}
