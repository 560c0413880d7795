# Replacing who has a role: only when asked for, with everybody at once, and told who loses it.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Principal'; Set = 'Principal'; Form = 'String[], mandatory, position 0, from pipeline, by name' }
        @{ Parameter = 'Role'; Set = 'Principal'; Form = 'String, mandatory, position 1' }
        @{ Parameter = 'None'; Set = 'None'; Form = 'SwitchParameter, mandatory' }
        @{ Parameter = 'Principal'; Set = 'None'; Form = 'not in this set' }
        @{ Parameter = 'Note'; Set = 'None'; Form = 'not in this set' }
        @{ Parameter = 'Table'; Set = 'None'; Form = 'String' }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local
    $ada, $bob, $eve = 'ada', 'bob', 'eve' | ForEach-Object { "aaduser=$_@contoso.com" }
    function Get-Viewer { @(Get-AdxRole -Role Viewer).PrincipalFqn | Sort-Object }
}

AfterAll {
    Stop-AdxLocal
}

Describe 'The parameters of Set-AdxRole' {
    It '<Parameter> in set <Set> is: <Form>' -ForEach $parameters {
        Get-ParameterForm Set-AdxRole $Parameter $Set | Should -BeExactly $Form
    }

    It 'has a confirm impact of High' {
        (Get-Command Set-AdxRole).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false).ConfirmImpact | Should -Be 'High'
    }
}

Describe 'Set-AdxRole' {
    BeforeEach {
        $null = Set-AdxRole $ada, $bob Viewer -Confirm:$false
    }

    It 'gives the role to those named alone, and emits who has it' {
        $standing = Set-AdxRole $bob, $eve Viewer -Note why -Confirm:$false
        $standing | Should -BeOfType 'AdxFlow.AdxRoleAssignment'
        $standing.PrincipalFqn | Sort-Object | Should -Be $bob, $eve
        ($standing | Where-Object PrincipalFqn -EQ $eve).Notes | Should -BeExactly 'why'
        Get-Viewer | Should -Be $bob, $eve
    }

    It 'takes the role from everybody with -None, and leaves other roles alone' {
        $null = Grant-AdxRole $ada Monitor
        Set-AdxRole -None -Role Viewer -Confirm:$false | Should -BeNullOrEmpty
        Get-Viewer | Should -BeNullOrEmpty
        (Get-AdxRole -Role Monitor).PrincipalFqn | Should -BeExactly $ada
    }

    It 'takes all that come by pipeline together' {
        $ada, $eve | Set-AdxRole -Role Viewer -Confirm:$false | Out-Null
        Get-Viewer | Should -Be $ada, $eve
        Get-AdxRole -Role Viewer | Where-Object PrincipalFqn -EQ $eve | Set-AdxRole -Role Viewer -Confirm:$false | Out-Null
        Get-Viewer | Should -Be $eve
    }

    It 'does nothing on an empty pipeline' {
        Get-LocalRequest { @() | Set-AdxRole -Role Viewer -Confirm:$false } | Should -BeNullOrEmpty
        Get-LocalRequest { Set-AdxRole -None:$false -Role Viewer -Confirm:$false } | Should -BeNullOrEmpty
        Get-Viewer | Should -Be $ada, $bob
    }

    It 'sends nothing if one of them is none' {
        $script:failure = $null
        Get-LocalRequest { $script:failure = Get-Failure { $ada, 'somebody', $eve | Set-AdxRole -Role Viewer -Confirm:$false } } | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxInvalidPrincipal,*'
        Get-Viewer | Should -Be $ada, $bob
    }

    It 'refuses a role that a table does not have before anything is sent' {
        $script:failure = $null
        Get-LocalRequest { $script:failure = Get-Failure { Set-AdxRole $ada Viewer -Table T -Confirm:$false } } | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxInvalidRole,*'
    }

    It 'replaces a role of a table' {
        $null = New-AdxTable Replaced 'Id:long' -Merge
        $ada, $bob | Grant-AdxRole -Role User | Out-Null
        $null = Grant-AdxRole $ada Ingestor -Table Replaced
        (Set-AdxRole $bob Ingestor -Table Replaced -Confirm:$false).PrincipalFqn | Should -BeExactly $bob
        (Get-AdxRole Replaced -Role Ingestor).PrincipalFqn | Should -BeExactly $bob
    }

    It 'tells before it asks who loses the role' {
        $verbose = Set-AdxRole $bob Viewer -Confirm:$false -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$verbose" | Should -BeLike "*These lose it: $ada*on target ""database NetDefaultDB*"
        "$verbose" | Should -Not -BeLike "*These lose it:*$bob*"
        "$(Set-AdxRole $bob, $eve Viewer -Confirm:$false -Verbose 4>&1)" | Should -BeLike '*Nobody loses it.*'
    }

    It 'is refused to who is no administrator, and says so by one error' {
        $stranger = Connect-Adx -Local -Principal 'aaduser=stranger@contoso.com'
        $null = Connect-Adx -Local
        $failure = Get-Failure { Set-AdxRole $ada Viewer -Connection $stranger -Confirm:$false }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxForbidden,*'
        Get-Viewer | Should -Be $ada, $bob
    }
}
