using System.Reflection;
using AdxFlow.Adx;

namespace AdxFlow.Clients.Tests;

/// <summary>The command texts that the core has: every member of its classes named <c>…Commands</c> that gives a text.</summary>
internal static class CommandCatalog
{
    private const BindingFlags Members = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Texts without arguments, by name.</summary>
    public static IReadOnlyDictionary<string, string> Constants { get; } = Classes()
        .SelectMany(static type => type.GetFields(Members).Where(static field => !field.IsPrivate && field.FieldType == typeof(string)).Select(field => (Name: $"{type.Name}.{field.Name}", Text: (string)field.GetValue(null)!))
            .Concat(type.GetProperties(Members).Where(static property => property.PropertyType == typeof(string)).Select(property => (Name: $"{type.Name}.{property.Name}", Text: (string)property.GetValue(null)!))))
        .ToDictionary(static text => text.Name, static text => text.Text);

    /// <summary>Methods that give a text, by name.</summary>
    public static IReadOnlyList<string> Methods { get; } =
    [
        .. Classes().SelectMany(static type => type.GetMethods(Members)
            .Where(static method => !method.IsPrivate && !method.IsSpecialName && method.ReturnType == typeof(string))
            .Select(method => $"{type.Name}.{method.Name}")),
    ];

    private static IEnumerable<Type> Classes() => typeof(Kql).Assembly.GetTypes()
        .Where(static type => type is { IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Commands", StringComparison.Ordinal));
}
