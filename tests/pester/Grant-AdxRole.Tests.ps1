# Giving any role, on the database and on tables: to whom, by what form, and what is refused before anything is sent.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Principal'; Set = 'Principal'; Form = 'String[], mandatory, position 0, from pipeline, by name' }
        @{ Parameter = 'Role'; Set = 'Principal'; Form = 'String, mandatory, position 1' }
        @{ Parameter = 'ApplicationId'; Set = 'Application'; Form = 'String, mandatory, by name' }
        @{ Parameter = 'TenantId'; Set = 'Application'; Form = 'String, mandatory, by name' }
        @{ Parameter = 'Role'; Set = 'Application'; Form = 'String, mandatory' }
        @{ Parameter = 'ManagedIdentityId'; Set = 'ManagedIdentity'; Form = 'String, mandatory, by name' }
        @{ Parameter = 'TenantId'; Set = 'ManagedIdentity'; Form = 'String, mandatory, by name' }
        @{ Parameter = 'InputObject'; Set = 'Assignment'; Form = 'AdxRoleAssignment, mandatory, from pipeline' }
        @{ Parameter = 'Role'; Set = 'Assignment'; Form = 'String' }
        @{ Parameter = 'Principal'; Set = 'Assignment'; Form = 'not in this set' }
        @{ Parameter = 'Table'; Set = 'Assignment'; Form = 'String' }
        @{ Parameter = 'Note'; Set = 'Principal'; Form = 'String' }
    )
    $onDatabase = 'Admin', 'Ingestor', 'Monitor', 'UnrestrictedViewer', 'User', 'Viewer'
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $tenant = '9752a91d-8e15-44e2-aa72-e9f8e12c3ec5'
    function Get-NewPrincipal { "aadapp=$([guid]::NewGuid());$tenant" }
    function Get-RoleText($Assignment) {
        ($Assignment | ForEach-Object { "$($_.Scope) $($_.Role)" } | Sort-Object) -join ', '
    }
}

AfterAll {
    Stop-AdxLocal
}

Describe 'The parameters of Grant-AdxRole' {
    It '<Parameter> in set <Set> is: <Form>' -ForEach $parameters {
        Get-ParameterForm Grant-AdxRole $Parameter $Set | Should -BeExactly $Form
    }

    It 'offers the roles of a database, or of a table where one is named' {
        (TabExpansion2 'Grant-AdxRole x -Role ').CompletionMatches.CompletionText | Should -Be 'Admin', 'Ingestor', 'Monitor', 'UnrestrictedViewer', 'User', 'Viewer'
        (TabExpansion2 'Grant-AdxRole x -Table T -Role ').CompletionMatches.CompletionText | Should -Be 'Admin', 'Ingestor'
    }
}

Describe 'Grant-AdxRole' {
    BeforeEach {
        $null = Connect-Adx -Local
        $table = "T$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $table 'Id:long'
        $principal = Get-NewPrincipal
    }

    It 'gives the role <_> of the database, and the same again changes nothing' -ForEach $onDatabase {
        $given = Grant-AdxRole $principal $_ -Note 'it''s why'
        $given | Should -BeOfType 'AdxFlow.AdxRoleAssignment'
        Get-RoleText $given | Should -BeExactly "Database $_"
        $given.PrincipalFqn | Should -BeExactly $principal
        $given.Notes | Should -BeExactly 'it''s why'
        $role = $_
        @(Get-LocalRequest { Grant-AdxRole $principal $role }) | Should -HaveCount 1
        @(Get-AdxRole -Principal $principal) | Should -HaveCount 1
    }

    It 'gives the role <_> of a table to who has one on the database' -ForEach 'Admin', 'Ingestor' {
        $null = Grant-AdxRole $principal User
        $given = Grant-AdxRole $principal $_ -Table $table
        Get-RoleText $given | Should -BeExactly "Table $_"
        $given.Table | Should -BeExactly $table
    }

    It 'takes a role as commands name it, or as Get-AdxRole writes it' {
        (Grant-AdxRole $principal viewers).Role | Should -Be 'Viewer'
        (Grant-AdxRole $principal ([AdxFlow.AdxRole]::Monitor)).Role | Should -Be 'Monitor'
    }

    It 'lets a Viewer query, who could not before' {
        $newcomer = Connect-Adx -Local -Principal $principal
        $null = Connect-Adx -Local
        (Get-Failure { Invoke-AdxQuery "['$table'] | count" -Connection $newcomer }).FullyQualifiedErrorId | Should -BeLike 'AdxForbidden,*'
        $null = Grant-AdxRole $principal Viewer
        (Invoke-AdxQuery "['$table'] | count" -Connection $newcomer).Count | Should -Be 0
    }

    It 'refuses the role <_> of a table before anything is sent' -ForEach 'Monitor', 'UnrestrictedViewer', 'User', 'Viewer', 'Other', 'Nonsense', 'alldatabasesadmins' {
        $role = $_
        $script:failure = $null
        Get-LocalRequest { $script:failure = Get-Failure { Grant-AdxRole $principal $role -Table $table -ErrorAction Stop } } | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxInvalidRole,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Admin or Ingestor*'
    }

    It 'refuses what is no principal before anything is sent: <_>' -ForEach 'somebody', "aadapp=x');.drop table T", 'aadapp=1;2;3', 'aadapp=4c7e82bd-6adb-46c3-b413-fdd44834c69b', 'msauser=me' {
        $text = $_
        $script:failure = $null
        Get-LocalRequest { $script:failure = Get-Failure { Grant-AdxRole $text Viewer -ErrorAction Stop } } | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxInvalidPrincipal,*'
        $failure.TargetObject | Should -BeExactly $text
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*aadapp=*aaduser=*aadgroup=*msauser=*'
    }

    It 'goes on with the next principal where one is none' {
        $given = 'somebody', $principal | Grant-AdxRole -Role Viewer -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].TargetObject | Should -BeExactly 'somebody'
        $given.PrincipalFqn | Should -BeExactly $principal
    }

    It 'says which principal it could not give the role to' {
        $null = Grant-AdxRole $principal User
        $stranger = Get-NewPrincipal
        $given = $stranger, $principal | Grant-AdxRole -Role Admin -Table $table -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxCommandFailed,*'
        $failures[0].TargetObject | Should -BeExactly $stranger
        $given.PrincipalFqn | Should -BeExactly $principal
    }

    It 'takes an application, a managed identity and typed principals' {
        $id = [guid]::NewGuid()
        (Grant-AdxRole -ApplicationId $id -TenantId $tenant -Role Viewer).PrincipalFqn | Should -BeExactly "aadapp=$id;$tenant"
        $id = [guid]::NewGuid()
        (Grant-AdxRole -ManagedIdentityId $id -TenantId $tenant -Role Viewer).PrincipalFqn | Should -BeExactly "aadapp=$id;$tenant"
        $typed = [AdxFlow.AdxPrincipal]::Parse($principal)
        ($typed | Grant-AdxRole -Role Viewer).PrincipalFqn | Should -BeExactly $principal
        (Grant-AdxRole $typed Monitor).PrincipalFqn | Should -BeExactly $principal
    }

    It 'takes principals from the properties of objects, whatever their type' {
        $rows = [pscustomobject]@{ ApplicationId = [guid]::NewGuid(); TenantId = [guid] $tenant }, [pscustomobject]@{ ApplicationId = "$([guid]::NewGuid())"; TenantId = $tenant }
        @($rows | Grant-AdxRole -Role Viewer).PrincipalFqn | Should -Be @($rows | ForEach-Object { "aadapp=$($_.ApplicationId);$tenant" })
        ([pscustomobject]@{ Principal = $principal } | Grant-AdxRole -Role Viewer).PrincipalFqn | Should -BeExactly $principal
    }

    It 'carries the roles of one table over to another' {
        $other = "U$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $other 'Id:long'
        $null = Grant-AdxRole $principal User
        $null = Grant-AdxRole $principal Ingestor -Table $table
        $null = Grant-AdxRole $principal Admin -Table $table
        # Whoever made both tables is Admin of both already.
        $given = Get-AdxRole $table | Grant-AdxRole -Table $other -ErrorAction Stop
        Get-RoleText $given | Should -BeExactly 'Table Admin, Table Admin, Table Ingestor'
        $given.Table | Select-Object -Unique | Should -BeExactly $other
        Get-RoleText (Get-AdxRole $table -Principal $principal) | Should -BeExactly 'Table Admin, Table Ingestor'
    }

    It 'gives another role to those of an assignment on request' {
        $null = Grant-AdxRole $principal Viewer
        Get-RoleText (Get-AdxRole -Principal $principal | Grant-AdxRole -Role Monitor) | Should -BeExactly 'Database Monitor'
    }

    It 'gives the role where the assignment is from, not where one is connected to' {
        $null = Invoke-AdxCommand '.create database Elsewhere volatile ifnotexists'
        $null = Grant-AdxRole $principal Viewer -Database Elsewhere
        $given = Get-AdxRole -Principal $principal -Database Elsewhere | Grant-AdxRole -Role Monitor
        $given.Database | Should -BeExactly 'Elsewhere'
        Get-AdxRole -Principal $principal | Should -BeNullOrEmpty
    }

    It 'gives no role on a cluster' {
        $assignment = [AdxFlow.AdxRoleAssignment]::new()
        $values = @{ Role = [AdxFlow.AdxRole]::Admin; Scope = [AdxFlow.AdxRoleScope]::Cluster; Database = 'NetDefaultDB'; RoleText = 'AllDatabases Admin'; PrincipalFqn = $principal }
        foreach ($name in $values.Keys) {
            $assignment.GetType().GetProperty($name).SetValue($assignment, $values[$name])
        }
        $script:failure = $null
        Get-LocalRequest { $script:failure = Get-Failure { $assignment | Grant-AdxRole -ErrorAction Stop } } | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxInvalidRole,*'
    }

    It 'is refused to who is no administrator' {
        $newcomer = Connect-Adx -Local -Principal $principal
        $null = Connect-Adx -Local
        $failure = Get-Failure { Grant-AdxRole $principal Admin -Connection $newcomer -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxForbidden,*'
        $failure.CategoryInfo.Category | Should -Be 'PermissionDenied'
    }

    It 'completes principals that the session has seen' {
        $null = Grant-AdxRole $principal Viewer
        (TabExpansion2 "Grant-AdxRole '$($principal.Substring(0, 15))").CompletionMatches.CompletionText | Should -Contain "'$principal'"
        Get-LocalRequest { TabExpansion2 'Grant-AdxRole ' } | Should -BeNullOrEmpty
    }
}
