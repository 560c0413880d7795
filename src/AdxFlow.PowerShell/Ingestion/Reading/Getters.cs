using System.Data;
using System.Linq.Expressions;
using System.Management.Automation;
using System.Reflection;
using System.Xml;

namespace AdxFlow.PowerShell.Ingestion.Reading;

/// <summary>Compiles getters for the properties that .NET itself knows.</summary>
internal static class Getters
{
    /// <summary>The getter behind a name, or null where PowerShell must be asked: script properties, adapted types, methods of others.</summary>
    public static Func<object, object?>? Find(PSObject sample, string name)
    {
        object target = sample.BaseObject;
        if (target is DataRow or DataRowView or XmlNode)
            return null;
        PSMemberInfo? member = sample.Properties[name];
        while (member is PSAliasProperty alias)
            member = sample.Properties[alias.ReferencedMemberName];
        if (member is not PSProperty property)
            return null;
        PropertyInfo? found = target.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .FirstOrDefault(candidate => candidate.Name == property.Name && candidate.GetIndexParameters().Length == 0 && candidate.GetMethod is { IsPublic: true });
        if (found is null)
            return null;
        ParameterExpression input = Expression.Parameter(typeof(object));
        Expression value = Expression.Property(Expression.Convert(input, found.DeclaringType!), found);
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(value, typeof(object)), input).Compile();
    }
}
